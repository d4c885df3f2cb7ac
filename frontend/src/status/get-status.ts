import { queryOptions } from '@tanstack/react-query';
import { agedBodyOf, client, type Aged } from '../api/client';
import type { Status } from '../api/shapes';

export interface StatusAnswer extends Aged<Status> {
  /** The server's clock when it answered, in milliseconds. */
  servedAt: number;
}

/** Lag and freshness of every stage, and the last checks. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async ({ signal }): Promise<StatusAnswer> => {
    const answer = await client.GET('/status', { signal });
    return {
      ...agedBodyOf(answer),
      servedAt: Date.parse(answer.response.headers.get('Date') ?? '') || Date.now(),
    };
  },
  // A stage that hangs sends no update, so its lag is asked for.
  refetchInterval: 3_000,
});
