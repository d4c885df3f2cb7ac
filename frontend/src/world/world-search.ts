import { parseGrain, parseWindow } from '../windows/parse-window';
import type { Grain } from '../api/shapes';

/** What the address of the world's page says; whatever it leaves out has a default. */
export interface WorldSearch {
  grain?: Grain;
  window?: string;
}

export function parseWorldSearch(search: Record<string, unknown>): WorldSearch {
  const grain = parseGrain(search.grain);
  return { grain: grain === 'day' ? grain : undefined, window: parseWindow(search.window, grain) };
}
