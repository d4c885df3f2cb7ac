import type { Appearance, Grain } from '../api/shapes';
import { windowAt, windowBeside } from '../windows/window-names';

/** A window on the time axis; without a rank the line breaks. */
export interface RankPoint {
  time: number;
  rank: number | null;
  plays: number | null;
  listeners: number | null;
}

/** The appearances as points, with one empty point in each gap. */
export function rankPoints(appearances: Appearance[], grain: Grain): RankPoint[] {
  const follows = (index: number) => {
    const [before, after] = [appearances[index - 1], appearances[index]];
    if (!before || !after) return false;
    return windowBeside(before.window_start, grain, 1) === windowAt(after.window_start, grain);
  };
  return appearances.flatMap(({ window_start, rank, plays, listeners }, index) => {
    const time = Date.parse(window_start);
    const point = { time, rank, plays, listeners };
    return index === 0 || follows(index) ? [point] : [gapBefore(time), point];
  });
}

const gapBefore = (time: number): RankPoint => ({
  time: time - 1,
  rank: null,
  plays: null,
  listeners: null,
});
