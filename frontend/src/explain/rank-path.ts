import type { Appearance, Grain } from '../api/shapes';
import { windowAt, windowBeside } from '../windows/window-names';

/** How many windows the path shows, the last one included. */
export const SHOWN = 6;

/** A song's ranks in the last windows up to one, oldest first; undefined where it was not on the chart. */
export function pathUpTo(appearances: Appearance[], last: string, grain: Grain) {
  const ranks = new Map(appearances.map(({ window_start, rank }) => [windowAt(window_start, grain), rank]));
  const windows = [last];
  while (windows.length < SHOWN) windows.unshift(windowBeside(windows[0] ?? last, grain, -1));
  return windows.map((window) => ({ window, rank: ranks.get(window) }));
}
