import { all, count, join } from './phrases';
import { inRegion } from './regions';

/** What the compare page says. */
export const compare = {
  title: 'Compare',
  documentTitle: (regions: string[]) => join([regions.join(', '), 'Compare', 'Top Songs']),
  intro: 'The first ten of each region, side by side, or of one region over time.',
  ways: 'What to compare',
  byRegion: 'Regions',
  byWindow: 'Over time',
  compared: 'Compared regions',
  sortBy: (column: string) => `Sort by ${column}`,
  csv: 'Download this table as CSV',
  csvRank: (column: string) => `${column}: rank`,
  csvBefore: (column: string) => `${column}: rank before`,
  plays: (plays: number) => count(plays, 'play', 'plays'),
  add: 'Add a region',
  remove: (region: string) => `Remove ${region}`,
  columns: 'side by side',
  caption: (where: string, window: string) => `Top ten ${where}, ${window}`,
  song: 'Song',
  empty: (where: string) => `No plays ${where} in this time.`,
  notComputed: 'Not counted yet.',
  unknownRegion: (region: string) => `There is no region “${region}”.`,
  failed: 'This chart could not be loaded. We keep trying.',
  offline: 'You are offline. This chart loads when the connection is back.',
  failedAll: 'The charts could not be loaded',
  oneMore: 'Add a second region to compare with.',
  loading: 'Loading the chart',
  legend: 'Each cell: the rank and how it moved since the window before. More colour: higher.',
  over: { hour: 'Rank over the last 24 hours', day: 'Rank over the last 4 weeks' },
  overIntro: {
    hour: 'One song in each region, up to the hour above. A gap: not among the first 100 then.',
    day: 'One song in each region, up to the day above. A gap: not among the first 100 then.',
  },
  overSong: 'Song',
  overLinked: 'The song of the link',
  overNone:
    'No song stands in more than one of these charts. Choose other regions to see how they share one.',
  overLoading: 'Loading the ranks',
  overFailed: (regions: string[]) => `The ranks of ${all(regions)} could not be loaded.`,
  overSummary: (title: string, from: string, to: string, now: string[]) =>
    `A line of ranks of ${title} for each region from ${from} to ${to}, rank 1 on top. Last: ${all(now)}.`,
  place: (region: string, rank: number | null) =>
    rank === null ? `not in the first 100 ${inRegion(region)}` : `number ${rank} ${inRegion(region)}`,
  unplaced: 'not in the first 100',
  window: { hour: 'Hour', day: 'Day (UTC)' },
  showTable: 'Show as a table',
  hideTable: 'Hide the table',
  tableCaption: (title: string) => `${title}: its rank in each region, newest first`,
} as const;
