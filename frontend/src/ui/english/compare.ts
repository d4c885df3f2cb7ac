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
  failed: 'This chart could not be loaded. It is tried again by itself.',
  offline: 'You are offline. This chart loads when the connection is back.',
  failedAll: 'The charts could not be loaded',
  oneMore: 'Add a second region to compare with.',
  loading: 'Loading the chart',
  legend: 'One dot for each region; filled where the song is in its top ten.',
  openChart: 'Whole chart',
  over: { hour: 'Rank over the last 24 hours', day: 'Rank over the last 4 weeks' },
  overIntro: {
    hour: 'One song in each region, up to the hour above, in UTC. A gap: not among the first 100 then.',
    day: 'One song in each region, up to the day above, in UTC. A gap: not among the first 100 then.',
  },
  overSong: 'Song',
  overLinked: 'The song of the link',
  overNone:
    'No song stands in more than one of these charts. Choose other regions to see how they share one.',
  overLoading: 'Loading the ranks',
  overFailed: (regions: string[]) => `The ranks in ${names.format(regions)} could not be loaded.`,
  overSummary: (title: string, from: string, to: string, now: string[]) =>
    `A line of ranks of ${title} for each region from ${from} to ${to}, rank 1 on top. Last: ${names.format(now)}.`,
  place: (region: string, rank: number | null) =>
    rank === null ? `not in the first 100 in ${region}` : `number ${rank} in ${region}`,
  unplaced: 'not in the first 100',
  window: { hour: 'Hour (UTC)', day: 'Day (UTC)' },
  showTable: 'Show as a table',
  hideTable: 'Hide the table',
  tableCaption: (title: string) => `${title}: its rank in each region, newest first`,
} as const;
