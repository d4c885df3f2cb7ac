import { all, count, join } from './phrases';

/** What the page of the world's number ones says. */
export const world = {
  title: 'Number 1 around the world',
  documentTitle: (leader: string | undefined) => join([leader, 'Number 1 around the world', 'Top Songs']),
  intro: 'The most played song of each region in the same hour or day.',
  leads: (title: string, artist: string, regions: number) =>
    `${title} by ${artist} leads in ${count(regions, 'region', 'regions')}.`,
  worldwide: 'Worldwide',
  regions: 'Every region',
  plays: (plays: number) => count(plays, 'play', 'plays'),
  also: (regions: string[]) => `also number 1 in ${all(regions)}`,
  empty: 'No plays anywhere in this time.',
  loading: 'Loading the number ones',
  failed: 'The number ones could not be loaded',
} as const;
