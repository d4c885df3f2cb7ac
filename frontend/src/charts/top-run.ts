import type { Appearance, Grain } from '../api/shapes';
import { windowAt, windowBeside } from '../windows/window-names';

/** How far back number one is looked for: two days of hours, two months of days. */
export const LOOK_BACK = { hour: 48, day: 60 };

/** How many windows in a row up to this one a song has been number one. */
export function topRun(appearances: Appearance[], window: string, grain: Grain): number {
  const onTop = new Set(
    appearances.filter(({ rank }) => rank === 1).map(({ window_start }) => windowAt(window_start, grain)),
  );
  let windows = 0;
  // The window itself is number one by the chart, though the history may trail it.
  for (let at = window; windows === 0 || onTop.has(at); at = windowBeside(at, grain, -1)) windows += 1;
  return windows;
}
