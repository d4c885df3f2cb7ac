import type { Grain } from '../api/shapes';
import { homeRegion } from '../regions/home-region';
import { parseRegion } from '../regions/parse-region';
import { isSongId } from '../songs/song-id';
import { parseGrain, parseWindow, type WindowView } from '../windows/parse-window';

/** What the address says; whatever it leaves out has a default. */
export interface ChartSearch {
  /** Always there once the page is shown: an address without one leads to the viewer's own region. */
  region?: string;
  grain?: Grain;
  window?: string;
  /** An earlier version of a corrected chart. */
  revision?: number;
  limit?: number;
  /** The drawer that is open: a song's explanation by its id, or `revisions`. */
  open?: string;
}

/** One chart to show. Without a window it follows the newest. */
export interface ChartView extends WindowView {
  region: string;
  revision?: number;
}

/** How many songs are shown before the rest is asked for. */
export const FIRST = 20;
/** How many songs a chart has at most. */
export const ALL = 100;
export const REVISIONS = 'revisions';

const parseOpen = (value: unknown) => (value === REVISIONS || isSongId(value) ? value : undefined);

const parseRevision = (value: unknown) => {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number < 2 ** 31 ? number : undefined;
};

/** Reads the address; defaults and what cannot be meant are left out, so that equal views have equal links. */
export function parseChartSearch(search: Record<string, unknown>): ChartSearch {
  const grain = parseGrain(search.grain);
  const window = parseWindow(search.window, grain);
  return {
    region: parseRegion(search.region),
    grain: grain === 'day' ? grain : undefined,
    window,
    revision: window === undefined ? undefined : parseRevision(search.revision),
    limit: Number(search.limit) === ALL ? ALL : undefined,
    open: parseOpen(search.open),
  };
}

export const viewOf = ({
  region = homeRegion(),
  grain = 'hour',
  window,
  revision,
}: ChartSearch): ChartView => ({ region, grain, window, revision });
