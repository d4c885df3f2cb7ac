import type { Grain } from '../api/shapes';

/** What the address says; whatever it leaves out has a default. */
export interface ChartSearch {
  region?: string;
  grain?: Grain;
  window?: string;
  limit?: number;
}

/** One chart to show. Without a window it follows the newest. */
export interface ChartView {
  region: string;
  grain: Grain;
  window: string | undefined;
  limit: number;
}

export const TOP = 10;
export const ALL = 100;

const windowPattern = { hour: /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/, day: /^\d{4}-\d\d-\d\d$/ };

const regionOf = (value: unknown) => {
  if (typeof value !== 'string' || value === '') return undefined;
  const code = value.toLowerCase() === 'global' ? 'global' : value.toUpperCase();
  return code === 'global' ? undefined : code;
};

const windowOf = (value: unknown, grain: Grain) =>
  typeof value === 'string' && windowPattern[grain].test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;

/** Reads the address; defaults and what cannot be meant are left out, so that equal views have equal links. */
export function parseChartSearch(search: Record<string, unknown>): ChartSearch {
  const grain = search.grain === 'day' ? 'day' : 'hour';
  return {
    region: regionOf(search.region),
    grain: grain === 'day' ? grain : undefined,
    window: windowOf(search.window, grain),
    limit: Number(search.limit) === ALL ? ALL : undefined,
  };
}

export const viewOf = ({
  region = 'global',
  grain = 'hour',
  window,
  limit = TOP,
}: ChartSearch): ChartView => ({
  region,
  grain,
  window,
  limit,
});
