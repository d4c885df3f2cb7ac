import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';

const EVERY_MS = 15_000;

/** The sums of the newest day, both numbers of each. */
export const reconciliationQuery = queryOptions({
  queryKey: ['reconciliation'],
  queryFn: async ({ signal }) => bodyOf(await client.GET('/reconciliation', { signal })),
  staleTime: EVERY_MS,
  refetchInterval: EVERY_MS,
});
