import type { Grain } from '../api/shapes';
import { GLOBAL, parseRegion } from '../regions/parse-region';
import { parseGrain } from '../windows/parse-window';

/** What the address of a song's page says; whatever it leaves out has a default. */
export interface SongSearch {
  region?: string;
  grain?: Grain;
}

export function parseSongSearch(search: Record<string, unknown>): SongSearch {
  const region = parseRegion(search.region);
  return {
    region: region === GLOBAL ? undefined : region,
    grain: parseGrain(search.grain) === 'day' ? 'day' : undefined,
  };
}
