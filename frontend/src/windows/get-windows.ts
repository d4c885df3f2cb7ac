import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

const NEWEST_MS = 10_000;

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
    refetchInterval: asked.before === undefined ? NEWEST_MS : false,
  });
