import { formatCount } from '../numbers';
import { count } from './phrases';

/** What the drawer of a song's number says. */
export const words = {
  title: 'Why this number?',
  loading: 'Loading where the number comes from',
  failed: 'The explanation could not be loaded',
  failedDetail: 'The chart itself is not affected.',
  notComputed: 'This window is not counted yet, so there is nothing to explain.',
  sentence: (plays: number, where: string, when: string) =>
    `${count(plays, 'play counts', 'plays count')} for this song ${where}, ${when}.`,
  rank: (rank: number) => `That makes it number ${rank}.`,
  unranked: 'That is not among the first 100.',
  notCharted: 'These counts are seconds newer than the chart, which will show them soon.',
  steps: 'From received plays to counted plays',
  step: {
    duplicates: 'Copies',
    raw_plays: 'Plays',
    too_short: 'Too short',
    over_cap: 'Over the limit',
    plays: 'Counted',
  },
  rule: {
    duplicates: () => 'The same play sent again is set aside, so that a retry never counts twice.',
    raw_plays: () => 'Different plays of this song that reached us.',
    too_short: (seconds: number) => `Heard for less than ${seconds} seconds.`,
    over_cap: (limit: number) => `More than ${limit} of one listener in one hour: the rest does not count.`,
    plays: () => 'What the chart shows.',
  },
  learn: { duplicates: 'copies', too_short: 'length', over_cap: 'limit', plays: 'order', raw_plays: 'plays' },
  ruleOf: (step: string) => `The rule: ${step}`,
  ruleLink: 'rule',
  late: (late: number) =>
    late === 1
      ? '1 of the plays came late, more than 10 minutes after its hour; it counts all the same.'
      : `${formatCount(late)} of the plays came late, more than 10 minutes after their hour; they count all the same.`,
  listeners: (listeners: number) => `${count(listeners, 'listener', 'listeners')} heard it.`,
  byHour: 'Hour by hour',
  byRegion: 'Region by region',
  hour: 'Hour (UTC)',
  region: 'Region',
  plays: 'Plays',
  openSong: 'Open the song',
  copy: 'Copy link',
} as const;

/** What the drawer of a chart's revisions says. */
export const revisions = {
  title: 'What was restated',
  intro:
    'A final chart changes only when plays reach it later or are taken away. Every state that was published stays readable.',
  loading: 'Loading the revisions',
  failed: 'The revisions could not be loaded',
  name: (revision: number) => `Revision ${revision}`,
  current: 'shown now',
  first: 'The chart as it first became final.',
  opened: (time: string) => `Opened ${time}`,
  changed: (time: string) => `Last change ${time}`,
  unsettled: 'Still open: further changes amend this revision until it has been quiet for 10 minutes.',
  cause: {
    late_plays: 'Plays arrived after the chart was final.',
    erasure: 'A listener asked to be erased; their plays were taken away.',
    rebuild: 'The same plays were counted again with another outcome.',
    redrive: 'Plays that had been refused were taken after a fix.',
  },
  totals: (plays: number, songs: number, late: number) =>
    `${count(plays, 'play', 'plays')} of ${count(songs, 'song', 'songs')}, ${formatCount(late)} late`,
  movedCaption: (revision: number) => `Songs that revision ${revision} changed`,
  song: 'Song',
  before: 'Before',
  after: 'After',
  place: (rank: number, plays: number) => `${rank} · ${count(plays, 'play', 'plays')}`,
  placeHead: 'rank · plays',
  absent: 'not on the chart',
  nothingMoved: 'No song on the chart changed, only the totals.',
} as const;
