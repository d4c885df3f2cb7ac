import type { Grain } from '../api/shapes';
import { GLOBAL, parseRegion } from '../regions/parse-region';
import { isSongId } from '../songs/song-id';
import { parseGrain, parseWindow, type WindowView } from '../windows/parse-window';

/** What the address says; whatever it leaves out has a default. */
export interface ChartSearch {
  region?: string;
  grain?: Grain;
  window?: string;
  limit?: number;
  /** The drawer that is open: a song's explanation by its id, or `revisions`. */
  open?: string;
}

/** One chart to show. Without a window it follows the newest. */
export interface ChartView extends WindowView {
  region: string;
  limit: number;
}

export const TOP = 10;
export const ALL = 100;
export const REVISIONS = 'revisions';

const parseOpen = (value: unknown) => (value === REVISIONS || isSongId(value) ? value : undefined);

/** Reads the address; defaults and what cannot be meant are left out, so that equal views have equal links. */
export function parseChartSearch(search: Record<string, unknown>): ChartSearch {
  const grain = parseGrain(search.grain);
  const region = parseRegion(search.region);
  return {
    region: region === GLOBAL ? undefined : region,
    grain: grain === 'day' ? grain : undefined,
    window: parseWindow(search.window, grain),
    limit: Number(search.limit) === ALL ? ALL : undefined,
    open: parseOpen(search.open),
  };
}

export const viewOf = ({ region = GLOBAL, grain = 'hour', window, limit = TOP }: ChartSearch): ChartView => ({
  region,
  grain,
  window,
  limit,
});
