import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';

/** The regions that have charts, `global` first. */
export const regionsQuery = queryOptions({
  queryKey: ['regions'],
  queryFn: async ({ signal }) => bodyOf(await client.GET('/regions', { signal })).regions,
  staleTime: 60_000,
});
