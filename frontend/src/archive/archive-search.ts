import { parseRegion } from '../regions/parse-region';
import { parseWindow } from '../windows/parse-window';

/** What the address of the archive says; whatever it leaves out has a default. */
export interface ArchiveSearch {
  region?: string;
  /** Such as `2026-11`; the month that runs now without one. */
  month?: string;
  /** The day whose hours are shown. */
  day?: string;
}

const parseMonth = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value) ? value : undefined;

export const parseArchiveSearch = (search: Record<string, unknown>): ArchiveSearch => ({
  region: parseRegion(search.region),
  month: parseMonth(search.month),
  day: parseWindow(search.day, 'day'),
});
