import type { FoundSong, Leader, Leaders, NumberOne, Placement } from '../api/shapes';
import { thisHour } from './builders';

/** An identity that is the same for the same title. */
const idOf = (title: string) =>
  `s2_${[...title]
    .reduce((sum, letter) => sum * 31n + BigInt(letter.codePointAt(0) ?? 0), 7n)
    .toString(16)
    .padStart(16, '0')
    .slice(-16)}`;

export const makeLeader = (region: string, name: string, title: string): Leader => ({
  region,
  name,
  song_id: idOf(title),
  title,
  artist: 'An Artist',
  plays: 41,
  listeners: 39,
  movement: 'same',
  previous_rank: 1,
  streak: 2,
});

export const makeLeaders = (leaders: Leader[], facts: Partial<Leaders> = {}): Leaders => ({
  grain: 'hour',
  window_start: thisHour().toISOString(),
  window_end: thisHour().toISOString(),
  leaders,
  ...facts,
});

export const makeNumberOne = (window_start: string, title: string): NumberOne => ({
  window_start,
  song_id: idOf(title),
  title,
  artist: 'An Artist',
  plays: 41,
  listeners: 39,
  movement: 'same',
  streak: 2,
});

export const makePlacement = (region: string, name: string, rank: number): Placement => ({
  region,
  name,
  rank,
  previous_rank: rank + 2,
  movement: 'up',
  plays: 400 - rank,
  listeners: 300 - rank,
  peak_rank: 1,
  streak: 5,
});

export const makeFound = (title: string, artist = 'An Artist'): FoundSong => ({
  song_id: idOf(title),
  title,
  artist,
  best_rank: 2,
  last_window: '2026-11-21T00:00:00Z',
});
