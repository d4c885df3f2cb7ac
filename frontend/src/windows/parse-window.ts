import type { Grain } from '../api/shapes';

/** Which windows a page shows: their length, and one of them or (undefined) the newest. */
export interface WindowView {
  grain: Grain;
  window: string | undefined;
}

const pattern = { hour: /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/, day: /^\d{4}-\d\d-\d\d$/ };

/** The length that an address names; hours unless it says days. */
export const parseGrain = (value: unknown): Grain => (value === 'day' ? 'day' : 'hour');

/** The window that an address names; undefined for what cannot be one. */
export const parseWindow = (value: unknown, grain: Grain) =>
  typeof value === 'string' && pattern[grain].test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
