import type { Grain } from '../api/shapes';
import { parseRegion } from '../regions/parse-region';
import { isSongId } from '../songs/song-id';
import { parseGrain, parseWindow } from '../windows/parse-window';

export const MOST = 4;

/** What the address of the compare page says; whatever it leaves out has a default. */
export interface CompareSearch {
  /** Two to four region codes, joined by commas. */
  regions?: string;
  grain?: Grain;
  window?: string;
  /** One region over time, not regions side by side. */
  by?: 'time';
  /** The song whose ranks are drawn over time. */
  song?: string;
}

export const joinRegions = (regions: string[]) => regions.join(',') || undefined;

export const splitRegions = (regions: string | undefined) => regions?.split(',') ?? [];

const parseRegions = (value: unknown) => {
  const codes = typeof value === 'string' ? value.split(',').map(parseRegion) : [];
  return [...new Set(codes.filter((code) => code !== undefined))].slice(0, MOST);
};

export function parseCompareSearch(search: Record<string, unknown>): CompareSearch {
  const grain = parseGrain(search.grain);
  return {
    regions: joinRegions(parseRegions(search.regions)),
    grain: grain === 'day' ? grain : undefined,
    window: parseWindow(search.window, grain),
    by: search.by === 'time' ? 'time' : undefined,
    song: isSongId(search.song) ? search.song : undefined,
  };
}
