import { queryOptions } from '@tanstack/react-query';
import { pollEvery } from '../api/chart-updates';
import { agedBodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

interface HistoryAsked {
  songId: string;
  region: string;
  grain: Grain;
  /** Only windows that start at this or later. */
  from?: string;
  /** Only windows that start before this. */
  to?: string;
}

/** How a song did over time on one region's charts, oldest first. */
export const historyQuery = ({ songId, region, grain, from, to }: HistoryAsked) =>
  queryOptions({
    queryKey: ['history', songId, region, grain, from, to],
    queryFn: async ({ signal }) => {
      const query = { region, grain, from, to };
      return agedBodyOf(
        await client.GET('/songs/{song_id}/history', {
          params: { path: { song_id: songId }, query },
          signal,
        }),
      );
    },
    refetchInterval: ({ state }) => (state.error ? false : pollEvery()),
  });
