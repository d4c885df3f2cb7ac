import { formatCount } from '../numbers';
import { count, join } from './phrases';
import { inRegion, inSentence, regions } from './regions';

type Grain = 'hour' | 'day';

/** What the charts page says. */
export const charts = {
  titleBefore: (isWorld: boolean) => (isWorld ? 'Top songs' : 'Top songs in'),
  place: (region: string) => (region === regions.world ? 'worldwide' : inSentence(region)),
  inRegion,
  documentTitle: (leader: string | undefined, region: string) =>
    join([leader !== undefined && `1. ${leader}`, region, 'Top Songs']),
  caption: (where: string, window: string) => `Top songs ${where}, ${window}`,
  views: 'Which chart',
  now: 'Now',
  today: 'Today',
  yesterday: 'Yesterday',
  grain: 'Hours or days',
  hour: 'Hour',
  day: 'Day',
  previous: { hour: 'Previous hour', day: 'Previous day' },
  next: { hour: 'Next hour', day: 'Next day' },
  young: (hour: string) => `${hour} has only begun, so this is the last full hour.`,
  quiet: {
    hour: 'Few plays in the newest hour, so this is the hour before.',
    day: 'Few plays in the newest hours, so this is the day.',
  },
  seeYoung: 'See the hour so far',
  edition: (number: number) => `This is version ${number} of this chart. It has been corrected since.`,
  seeCurrent: 'See the current one',
  rank: '#',
  rankWord: 'Rank',
  move: 'Move',
  movement: 'Movement',
  song: 'Song',
  plays: 'Plays',
  listeners: 'Listeners',
  best: 'Best',
  path: 'Trend',
  run: 'In a row',
  bestRank: (rank: number) => `#${formatCount(rank)}`,
  runHours: (hours: number) => `${formatCount(hours)} h`,
  runDays: (days: number) => `${formatCount(days)} d`,
  new: 'New',
  newWords: 'new on this chart',
  back: 'back',
  backWords: 'back on this chart',
  upWords: (places: number | undefined) => (places === undefined ? 'up' : `up ${places}`),
  downWords: (places: number | undefined) => (places === undefined ? 'down' : `down ${places}`),
  sameWords: 'no change',
  skipSongs: 'Skip the list of songs',
  showAll: (songs: number) => `Show all ${formatCount(songs)}`,
  showTop: (songs: number) => `Show the top ${songs}`,
  why: 'Why?',
  whyOf: (plays: string, title: string) => `${plays}. Why this number for ${title}?`,
  olderWindows: 'Older',
  windowsFailed: 'The list could not be loaded.',
  noWindows: 'Nothing has been counted here yet.',
  windowPlays: (plays: number) => count(plays, 'play', 'plays'),
  plainPlays: (plays: number, isOpen: boolean) =>
    `${count(plays, 'play', 'plays')}${isOpen ? ' so far' : ''}`,
  totals: (plays: number, songs: number) =>
    `${count(plays, 'play', 'plays')} of ${count(songs, 'song', 'songs')}`,
  withheld: (listeners: number) =>
    `Songs with fewer than ${count(listeners, 'listener', 'listeners')} are not shown, to protect them.`,
  loading: 'Loading the chart',
} as const;

/** What is said aloud when a chart appears or changes. */
export const announced = {
  chart: (window: string, title: string, artist: string) => `${window}. Number 1: ${title} by ${artist}.`,
  none: (window: string) => `${window}. No plays.`,
  moved: (rank: number, title: string) => `Number ${rank} is now ${title}.`,
} as const;

/** What stands about number one and about what changed. */
export const story = {
  numberOne: (where: string) => `Number 1 ${where}`,
  played: (plays: string, listeners: string, when: string) => `${plays} by ${listeners} ${when}`,
  plays: (plays: number) => count(plays, 'play', 'plays'),
  listeners: (listeners: number) => count(listeners, 'listener', 'listeners'),
  when: {
    hour: { open: 'this hour', closed: 'in this hour' },
    day: { open: 'today', closed: 'on this day' },
  },
  ahead: (plays: number) => `${formatCount(plays)} ahead of number 2`,
  level: 'as many plays as number 2, but more listeners or earlier',
  alone: 'the only song played',
  topFor: (windows: number, grain: Grain) =>
    `Number 1 for ${grain === 'hour' ? count(windows, 'hour', 'hours') : count(windows, 'day', 'days')}.`,
  topForMore: (windows: number, grain: Grain) =>
    `Number 1 for more than ${grain === 'hour' ? count(windows, 'hour', 'hours') : count(windows, 'day', 'days')}.`,
  same: { hour: 'Number 1 in the hour before, too.', day: 'Number 1 on the day before, too.' },
  up: (rank: number) => `Up from number ${rank}.`,
  new: 'New on this chart.',
  back: 'Back on this chart.',
  changes: 'What changed',
  climber: (rank: number) => `biggest climber, now number ${rank}`,
  entry: (rank: number) => `highest new entry, number ${rank}`,
  longest: (rank: number) => `longest run, now number ${rank}`,
} as const;
