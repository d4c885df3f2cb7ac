import { join } from './phrases';

const names = new Intl.ListFormat('en', { type: 'conjunction' });

/** What the compare page says. */
export const words = {
  title: 'Compare',
  documentTitle: (regions: string[]) => join([regions.join(', '), 'Compare', 'Top Songs']),
  intro: 'The same window in two to four regions. Lines join the songs they share; the rest is only local.',
  add: 'Add a region',
  remove: (region: string) => `Remove ${region}`,
  change: (region: string) => `Change ${region} for another region`,
  columns: 'Charts side by side',
  caption: (region: string, window: string) => `Top ten ${region}, ${window}`,
  rank: 'Rank',
  song: 'Song',
  elsewhere: 'Elsewhere',
  alone: 'only here',
  also: (places: [region: string, rank: number][]) =>
    `also ${names.format(places.map(([region, rank]) => `number ${rank} in ${region}`))}`,
  empty: (where: string) => `No plays ${where} in this window.`,
  notComputed: 'Not counted yet.',
  unknownRegion: (region: string) => `There is no region “${region}”.`,
  failed: 'This chart could not be loaded.',
  failedAll: 'The charts could not be loaded',
  oneMore: 'Add a second region to compare with.',
  loading: 'Loading the chart',
  legend: 'One dot for each region; filled where the song is in its top ten.',
  openChart: 'Whole chart',
} as const;
