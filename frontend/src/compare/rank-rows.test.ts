import { describe, expect, it } from 'vitest';
import { makeHistory } from '../testing/answers';
import { rankRows, windowsUpTo } from './rank-rows';

describe('the windows of the lines', () => {
  it('are the last 24 hours, across midnight', () => {
    const windows = windowsUpTo('2026-11-22T14:00:00Z', 'hour');
    expect(windows).toHaveLength(24);
    expect([windows[0], windows.at(-1)]).toEqual(['2026-11-21T15:00:00Z', '2026-11-22T14:00:00Z']);
  });

  it('are the last four weeks, also when the clocks change', () => {
    const windows = windowsUpTo('2026-11-10', 'day');
    expect([windows.length, windows[0], windows.at(-1)]).toEqual([28, '2026-10-14', '2026-11-10']);
  });
});

describe('the ranks of a window', () => {
  it('stand in the order of the regions, with none where the song was not on the chart', () => {
    const gb = makeHistory([
      ['2026-11-22T12:00:00Z', 4],
      ['2026-11-22T14:00:00Z', 2],
    ]);
    const br = makeHistory([['2026-11-22T13:00:00Z', 9]]);
    const windows = ['2026-11-22T12:00:00Z', '2026-11-22T13:00:00Z', '2026-11-22T14:00:00Z'];
    expect(rankRows(windows, [gb, br]).map(({ ranks }) => ranks)).toEqual([
      [4, null],
      [null, 9],
      [2, null],
    ]);
  });
});
