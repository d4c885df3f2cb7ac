import type { Grain, SongHistory } from '../api/shapes';
import { windowAt, windowBeside } from '../windows/window-names';

/** How many windows the lines go back, the last one included. */
export const WINDOWS = { hour: 24, day: 28 };

/** One window with the song's rank in each region; null where it was not among the first hundred. */
export interface RankRow {
  window: string;
  ranks: (number | null)[];
}

/** The last windows up to one, oldest first. */
export function windowsUpTo(last: string, grain: Grain): string[] {
  const windows = [last];
  while (windows.length < WINDOWS[grain]) windows.unshift(windowBeside(windows[0] ?? last, grain, -1));
  return windows;
}

/** A row for each window with a rank of each history. */
export function rankRows(windows: string[], histories: SongHistory[]): RankRow[] {
  const ranksOf = histories.map(
    (history) =>
      new Map(
        history.appearances.map(({ window_start, rank }) => [windowAt(window_start, history.grain), rank]),
      ),
  );
  return windows.map((window) => ({ window, ranks: ranksOf.map((ranks) => ranks.get(window) ?? null) }));
}
