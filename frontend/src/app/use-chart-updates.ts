import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followCharts } from '../api/chart-updates';

const JUST_NOW_MS = 2_000;

/** What failed is tried again by itself, or never will be another; the rest may have changed. */
const mayHaveChanged = ({ state }: Query) => state.status !== 'error' && state.fetchFailureCount === 0;

async function askAgain(query: Query) {
  // The answer on its way may be older than the change. To cancel it would starve who is far from the api.
  if (query.state.fetchStatus === 'fetching') await query.promise;
  await query.fetch();
}

/** An answer of just now, or one on its way: the stream opened while it was asked for. */
const isOfNow = ({ state }: Query) =>
  state.fetchStatus === 'fetching' || Date.now() - state.dataUpdatedAt < JUST_NOW_MS;

function askForWhatIsShown(queries: QueryClient, isNeeded: (query: Query) => boolean) {
  const predicate = (query: Query) => mayHaveChanged(query) && isNeeded(query);
  const shown = queries.getQueryCache().findAll({ type: 'active', stale: true, predicate });
  // A failure stays with its query, where the page finds it.
  for (const query of shown) askAgain(query).catch(() => undefined);
}

/** Asks again for what is shown and not settled whenever charts have changed. */
export function useChartUpdates() {
  const queries = useQueryClient();
  useEffect(
    () =>
      followCharts(
        () => askForWhatIsShown(queries, () => true),
        () => askForWhatIsShown(queries, (query) => !isOfNow(query)),
      ),
    [queries],
  );
}
