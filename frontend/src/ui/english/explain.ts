import { formatCount } from '../numbers';
import { count, either } from './phrases';

/** What the drawer of a song's number says. */
export const explain = {
  title: 'Why this number?',
  loading: 'Loading where the number comes from',
  failed: 'The explanation could not be loaded',
  notComputed: 'This is not counted yet, so there is nothing to explain.',
  notPlayed: {
    hour: 'Nobody played this song here in this hour.',
    day: 'Nobody played this song here on this day.',
  },
  sentence: (plays: number, where: string, when: string) =>
    `${count(plays, 'play counts', 'plays count')} for this song ${where}, ${when}.`,
  whyRank: (rank: number) => `Why number ${rank}`,
  whyUnranked: 'Why not among the first 100',
  notCharted: 'These counts are seconds newer than the chart, which will show them soon.',
  alone: 'It is the only song that was played.',
  ahead: (plays: number, rank: number) =>
    plays === 0
      ? `As many plays as number ${rank}, but ahead by the rules for a tie.`
      : `${count(plays, 'play', 'plays')} ahead of number ${rank}.`,
  behind: (plays: number, rank: number) =>
    plays === 0
      ? `As many plays as number ${rank}, but behind by the rules for a tie.`
      : `${count(plays, 'play', 'plays')} behind number ${rank}.`,
  listeners: (listeners: number) => `${count(listeners, 'listener', 'listeners')} heard it.`,
  path: { hour: 'The last hours', day: 'The last days' },
  pathRank: (rank: number) => `#${formatCount(rank)}`,
  pathNone: 'not in the first 100',
  strongest: { regions: 'Most plays came from', hours: 'Most plays came between' },
  howCounted: (plays: number) => `How ${formatCount(plays)} was counted`,
  steps: 'From received plays to counted plays',
  step: {
    received: 'Received',
    duplicates: 'Sent twice',
    too_short: 'Too short',
    over_cap: 'More than 10 an hour',
    plays: 'Counted',
  },
  rule: {
    received: () => 'Everything of this song that reached us.',
    duplicates: () => 'The same play sent again is set aside, so that a retry never counts twice.',
    too_short: (seconds: number) => `Heard for less than ${seconds} seconds.`,
    over_cap: (limit: number) => `More than ${limit} by one listener in one hour: the rest does not count.`,
    plays: () => 'What the chart shows.',
  },
  zero: (steps: string[]) => `Nothing was taken away as ${either(steps.map((step) => step.toLowerCase()))}.`,
  learn: { received: 'plays', duplicates: 'copies', too_short: 'length', over_cap: 'limit', plays: 'order' },
  ruleOf: (step: string) => `The rule: ${step}`,
  ruleLink: 'rule',
  late: (late: number) =>
    late === 1
      ? '1 of the plays came late, more than 10 minutes after its hour; it counts all the same.'
      : `${formatCount(late)} of the plays came late, more than 10 minutes after their hour; they count all the same.`,
  byHour: 'Hour by hour',
  byRegion: 'Region by region',
  hour: 'Hour',
  region: 'Region',
  plays: 'Plays',
  openSong: 'Open the song',
} as const;

/** What the drawer of a chart's versions says. */
export const revisions = {
  title: 'What was corrected',
  intro:
    'A final chart changes only when plays reach it later or are taken away. The earlier versions can still be read.',
  loading: 'Loading the versions',
  failed: 'The versions could not be loaded',
  name: (revision: number) => `Version ${revision}`,
  current: 'shown now',
  see: 'See this version',
  first: 'The chart as it first became final.',
  opened: (time: string) => `Since ${time}`,
  changed: (time: string) => `Last change ${time}`,
  unsettled: 'Still open: further changes belong to this version until none has come for 10 minutes.',
  cause: {
    late_plays: 'Plays arrived after the chart was final.',
    rebuild: 'The same plays were counted again with another outcome.',
    redrive: 'Plays that had been refused were taken after a fix.',
    withdrawn: 'The plays of one client were withdrawn, or brought back.',
  },
  totals: (plays: number, songs: number, late: number | null) =>
    `${count(plays, 'play', 'plays')} of ${count(songs, 'song', 'songs')}${late === null ? '' : `, ${formatCount(late)} late`}`,
  movedCaption: (revision: number) => `Songs that version ${revision} changed`,
  song: 'Song',
  before: 'Before',
  after: 'After',
  place: (rank: number, plays: number) => `${rank} · ${count(plays, 'play', 'plays')}`,
  absent: 'not on the chart',
  nothingMoved: 'No song on the chart changed, only the totals.',
} as const;
