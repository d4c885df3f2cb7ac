import type { Grain } from '../api/shapes';
import { GLOBAL, parseRegion } from '../regions/parse-region';
import { parseGrain, parseWindow } from '../windows/parse-window';

/** What the address of a song's page says; whatever it leaves out has a default. */
export interface SongSearch {
  region?: string;
  grain?: Grain;
  /** The chart from which it was opened, for the way back. */
  window?: string;
}

export function parseSongSearch(search: Record<string, unknown>): SongSearch {
  const region = parseRegion(search.region);
  const grain = parseGrain(search.grain);
  return {
    region: region === GLOBAL ? undefined : region,
    grain: grain === 'day' ? grain : undefined,
    window: parseWindow(search.window, grain),
  };
}
