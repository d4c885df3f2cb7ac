import { queryOptions } from '@tanstack/react-query';
import { pollEvery } from '../api/chart-updates';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

const OLDER_MS = 60_000;

interface WindowsAsked {
  region: string;
  grain: Grain;
  /** Only windows that start before this. */
  before?: string;
  limit?: number;
}

/** Counted windows of a region, newest first. */
export const windowsQuery = (asked: WindowsAsked) =>
  queryOptions({
    queryKey: ['windows', asked],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET('/windows', { params: { query: asked }, signal })).windows,
    staleTime: asked.before === undefined ? 0 : OLDER_MS,
    refetchInterval: () => (asked.before === undefined ? pollEvery() : false),
  });
