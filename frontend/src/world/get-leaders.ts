import { queryOptions } from '@tanstack/react-query';
import { ApiProblem, hasCode } from '../api/api-problem';
import { chartPath } from '../api/chart-path';
import { pollEvery } from '../api/chart-updates';
import { agedBodyOf, client, type Aged } from '../api/client';
import type { Grain, Leaders } from '../api/shapes';

export type LeadersAnswer = Aged<Leaders> | 'not_computed';

async function getLeaders(
  grain: Grain,
  window: string | undefined,
  signal: AbortSignal,
): Promise<LeadersAnswer> {
  try {
    const query = { window_start: window === undefined ? undefined : new Date(window).toISOString() };
    const params = { path: { grain: chartPath[grain] }, query };
    return agedBodyOf(await client.GET('/charts/{grain}/leaders', { params, signal }));
  } catch (error) {
    if (hasCode(error, 'not_computed')) return 'not_computed';
    throw error;
  }
}

/** Every region's number one in one window; the newest without one. */
export const leadersQuery = (grain: Grain, window: string | undefined) =>
  queryOptions({
    queryKey: ['leaders', grain, window ?? 'newest'],
    queryFn: ({ signal }) => getLeaders(grain, window, signal),
    refetchInterval: ({ state }) => (state.error instanceof ApiProblem ? false : pollEvery()),
  });
