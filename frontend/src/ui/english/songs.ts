import { formatCount } from '../numbers';
import { count, join } from './phrases';

const windows = {
  hour: (hours: number) => count(hours, 'hour on the chart', 'hours on the chart'),
  day: (days: number) => count(days, 'day on the chart', 'days on the chart'),
};
const rows = { hour: ['hour', 'hours'], day: ['day', 'days'] } as const;

/** What a song's page says. */
export const songs = {
  documentTitle: (title: string, region: string) => join([title, region, 'Top Songs']),
  loading: 'Loading the song',
  failed: 'The song could not be loaded',
  backToChart: 'Back to the chart',
  summary: (
    entered: number | undefined,
    peak: number,
    peakAt: string,
    onChart: number,
    grain: 'hour' | 'day',
  ) =>
    `${entered === undefined ? 'Reached' : `Entered at ${entered}, reached`} ${peak} on ${peakAt}, ${windows[grain](onChart)}.`,
  last: (window: string, rank: number) => `Last seen at ${rank}: ${window}.`,
  rankTitle: { hour: 'Rank, hour by hour', day: 'Rank, day by day' },
  rank: 'Rank',
  plays: 'Plays',
  listeners: 'Listeners',
  movement: 'Movement',
  window: { hour: 'Hour', day: 'Day (UTC)' },
  legend: 'Line: rank, columns: plays.',
  gap: 'A gap in the line: not among the first 100 then.',
  newest: (shown: number, grain: 'hour' | 'day') => `The newest ${formatCount(shown)} ${rows[grain][1]}.`,
  chartSummary: (windowsShown: string, first: string, last: string) =>
    `A line of ranks from ${first} to ${last}, rank 1 on top, with plays as columns below. ${windowsShown}`,
  showTable: 'Show as a table',
  hideTable: 'Hide the table',
  tableCaption: (title: string, region: string) =>
    `${title}: every time on the chart of ${region}, newest first`,
  regions: 'Where it charts',
  region: 'Region',
  regionsIntro: (window: string) => `${window}: every chart that has it, best rank first.`,
  regionsFailed: 'The regions could not be loaded.',
  placed: (rank: number) => `No. ${rank}`,
  entered: 'Entered',
  bestPlace: 'Best',
  mostPlayed: 'Most played',
  led: 'Number 1 for',
  ledFor: (number: number, grain: 'hour' | 'day') => count(number, rows[grain][0], rows[grain][1]),
  regionPlays: (plays: number) => count(plays, 'play', 'plays'),
  absent: (where: string) => `Not on any chart ${where} yet`,
  absentDetail: 'Choose another region above, or see how it does worldwide.',
  toGlobal: 'See the song worldwide',
  unknown: 'No chart has this song',
  unknownDetail: 'Perhaps the link is cut off, or the song was never among the first 100.',
} as const;
