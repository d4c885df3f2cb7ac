import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

const EVERY_MS = 10_000;

interface HistoryAsked {
  songId: string;
  region: string;
  grain: Grain;
  /** Only windows that start at this or later. */
  from?: string;
}

/** How a song did over time on one region's charts, oldest first. */
export const historyQuery = ({ songId, region, grain, from }: HistoryAsked) =>
  queryOptions({
    queryKey: ['history', songId, region, grain, from],
    queryFn: async ({ signal }) => {
      const query = { region, grain, from };
      return bodyOf(
        await client.GET('/songs/{song_id}/history', {
          params: { path: { song_id: songId }, query },
          signal,
        }),
      );
    },
    refetchInterval: ({ state }) => (state.error ? false : EVERY_MS),
  });
