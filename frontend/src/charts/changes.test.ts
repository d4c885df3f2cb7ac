import { describe, expect, it } from 'vitest';
import { makeEntry } from '../testing/builders';
import { changesOf } from './changes';
import { topRun } from './top-run';

describe('what changed on a chart', () => {
  it('is the biggest climber, the highest new entry and the longest run', () => {
    const { climber, newcomer, longest } = changesOf([
      makeEntry({ rank: 1, movement: 'up', previous_rank: 3, streak: 2 }),
      makeEntry({ rank: 2, movement: 'down', previous_rank: 1, streak: 9 }),
      makeEntry({ rank: 3, movement: 'new', previous_rank: null, streak: 1 }),
      makeEntry({ rank: 4, movement: 'up', previous_rank: 32, streak: 9 }),
      makeEntry({ rank: 5, movement: 'new', previous_rank: null, streak: 1 }),
    ]);
    expect([climber?.entry.rank, climber?.places, newcomer?.rank, longest?.rank]).toEqual([4, 28, 3, 2]);
  });

  it('is nothing on the first chart of a region, where every song is new', () => {
    const all = changesOf([makeEntry({ rank: 1, movement: 'new', previous_rank: null, streak: 1 })]);
    expect(all).toEqual({ climber: undefined, newcomer: undefined, longest: undefined });
  });
});

describe('how long a song has been number one', () => {
  const on = (hour: number, rank: number) => ({
    window_start: `2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`,
    rank,
    movement: 'same' as const,
    plays: 1,
    listeners: 1,
  });

  it('is counted back to the first hour in which it was not, and a gap ends it', () => {
    const appearances = [on(9, 1), on(11, 1), on(12, 1), on(13, 1), on(14, 1)];
    expect(topRun(appearances, '2026-11-22T14:00:00Z', 'hour')).toBe(4);
    expect(topRun([on(13, 2), on(14, 1)], '2026-11-22T14:00:00Z', 'hour')).toBe(1);
  });

  it('counts the hour on the screen though the history trails it', () => {
    expect(topRun([on(13, 1)], '2026-11-22T14:00:00Z', 'hour')).toBe(2);
  });
});
