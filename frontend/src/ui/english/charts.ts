import { formatCount } from '../numbers';
import { count, join } from './phrases';

/** What the charts page says. */
export const charts = {
  grain: 'Length of the window',
  hour: 'Hour',
  day: 'Day',
  previous: { hour: 'Previous hour', day: 'Previous day' },
  next: { hour: 'Next hour', day: 'Next day' },
  live: 'Live',
  followNewest: 'This page follows the newest chart by itself.',
  goLive: 'Go live',
  paused: 'Live is paused: this page stays at one window. Go to the newest chart.',
  utc: 'UTC',
  local: (clock: string) => `${clock} local`,
  dayAndLocal: (day: string, clock: string | undefined) =>
    join([day, clock !== undefined && `${clock} local`]),
  utcTime: (time: string) => `${time} UTC`,
  withLocal: (utc: string, local: string | undefined) => (local === undefined ? utc : `${utc} (${local})`),
  starts: (clock: string) => `starts ${clock} local`,
  hourTitle: (from: string, to: string) => `${from}–${to} UTC`,
  dayTitle: (day: string) => `${day}, UTC`,
  caption: (region: string, window: string) => `Top songs in ${region}, ${window}`,
  inRegion: (region: string) => (region === 'Global' ? 'worldwide' : `in ${region}`),
  documentTitle: (leader: string | undefined, region: string) =>
    join([leader !== undefined && `1. ${leader}`, region, 'Top Songs']),
  rank: '#',
  rankWord: 'Rank',
  move: 'Move',
  movement: 'Movement',
  song: 'Song',
  plays: 'Plays',
  listeners: 'Listeners',
  peak: 'Peak',
  streak: 'Streak',
  streakHours: (hours: number) => `${formatCount(hours)} h`,
  streakDays: (days: number) => `${formatCount(days)} d`,
  streakWords: {
    hour: (hours: number) => count(hours, 'hour in a row', 'hours in a row'),
    day: (days: number) => count(days, 'day in a row', 'days in a row'),
  },
  facts: (listeners: number, peak: number, streak: string) =>
    join([count(listeners, 'listener', 'listeners'), `peak ${peak}`, streak]),
  new: 'New',
  newWords: 'new on this chart',
  back: 'back',
  backWords: 'back on this chart',
  upWords: (places: number | undefined) => (places === undefined ? 'up' : `up ${places}`),
  downWords: (places: number | undefined) => (places === undefined ? 'down' : `down ${places}`),
  sameWords: 'no change',
  showAll: 'Show 100',
  showTop: 'Show the top 10',
  why: 'why?',
  whyOf: (title: string) => `Why this number for ${title}?`,
  windows: 'Choose a window',
  older: 'Older',
  windowsFailed: 'The list of windows could not be loaded.',
  noWindows: 'Nothing has been counted here yet.',
  windowPlays: (plays: number) => count(plays, 'play', 'plays'),
  csv: 'CSV',
  csvLong: 'Download this chart as CSV',
  csvFailed: 'The download failed. Try again.',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyFailed: 'Copy it from the address bar',
  totals: (plays: number, songs: number) =>
    `${count(plays, 'play', 'plays')} of ${count(songs, 'song', 'songs')}`,
  completeThrough: (utc: string) => `complete through ${utc} UTC`,
  loading: 'Loading the chart',
  updated: (clock: string, moved: number) => `Updated ${clock} UTC, ${count(moved, 'song', 'songs')} moved`,
  barsTitle: (songs: number) =>
    songs === 1 ? 'Plays and listeners of the first song' : `Plays and listeners of the first ${songs}`,
  barsSummary: (first: string, plays: number, last: string, lastPlays: number) =>
    `Bars from ${first} with ${count(plays, 'play', 'plays')} down to ${last} with ${formatCount(lastPlays)}. The table above has every number.`,
} as const;

/** What the badge beside a chart says. */
export const freshness = {
  provisional: 'Provisional',
  provisionalSentence: 'Plays of this window are still coming in, so these numbers can change.',
  final: 'Final',
  finalSentence:
    'Every play of this window is counted; should a later play change it, it is marked as restated.',
  restated: (revision: number) => `Restated (revision ${revision})`,
  restatedSentence: (revision: number) =>
    `Plays that came after this chart was final have changed it; this is revision ${revision}.`,
  seeChanges: 'See what changed.',
  stale: (age: string) => `Stale for ${age}`,
  staleSentence:
    'No newer plays have been counted for a while. This is the last good chart, and it is asked for again all the time.',
} as const;
