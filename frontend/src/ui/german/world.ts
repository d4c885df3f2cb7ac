import { formatCount } from '../numbers';
import { all, count, join } from './phrases';

/** What the page of the world's number ones says. */
export const world = {
  title: 'Platz 1 rund um die Welt',
  documentTitle: (leader: string | undefined) => join([leader, 'Platz 1 rund um die Welt', 'Top Songs']),
  intro: 'Der meistgespielte Song jeder Region in derselben Stunde oder am selben Tag.',
  leads: (title: string, artist: string, regions: number) =>
    `${title} von ${artist} führt in ${count(regions, 'Region', 'Regionen')}.`,
  worldwide: 'Weltweit',
  regions: 'Alle Regionen',
  plays: (plays: number) => `${formatCount(plays)}-mal gespielt`,
  also: (regions: string[]) => `auch Platz 1 in ${all(regions)}`,
  empty: 'In dieser Zeit nirgends etwas gespielt.',
  loading: 'Die Nummer-1-Songs werden geladen',
  failed: 'Die Nummer-1-Songs konnten nicht geladen werden',
};
