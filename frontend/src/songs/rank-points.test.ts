import { describe, expect, it } from 'vitest';
import { makeHistory } from '../testing/answers';
import { rankPoints } from './rank-points';

const ranks = (windows: [string, number][], grain: 'hour' | 'day' = 'hour') =>
  rankPoints(makeHistory(windows).appearances, grain).map(({ rank }) => rank);

describe('the points of a line of ranks', () => {
  it('join windows that follow each other, also across midnight', () => {
    expect(
      ranks([
        ['2026-11-21T23:00:00Z', 4],
        ['2026-11-22T00:00:00Z', 2],
      ]),
    ).toEqual([4, 2]);
  });

  it('break where windows are missing', () => {
    expect(
      ranks([
        ['2026-11-22T10:00:00Z', 4],
        ['2026-11-22T13:00:00Z', 2],
        ['2026-11-22T14:00:00Z', 3],
      ]),
    ).toEqual([4, null, 2, 3]);
  });

  it('take days one after the other', () => {
    expect(
      ranks(
        [
          ['2026-10-24T00:00:00Z', 1],
          ['2026-10-25T00:00:00Z', 1],
          ['2026-10-26T00:00:00Z', 1],
        ],
        'day',
      ),
    ).toHaveLength(3);
  });
});
