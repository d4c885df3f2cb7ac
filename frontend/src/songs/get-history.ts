import { queryOptions } from '@tanstack/react-query';
import { pollEvery } from '../api/chart-updates';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

const PART_MS = 10_000;

interface HistoryAsked {
  songId: string;
  region: string;
  grain: Grain;
  /** Only windows that start at this or later. */
  from?: string;
}

/** How a song did over time on one region's charts, oldest first; a part of it, which is a sketch, trails a little. */
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
    staleTime: from === undefined ? 0 : PART_MS,
    refetchInterval: ({ state }) => {
      if (state.error) return false;
      return from === undefined ? pollEvery() : PART_MS;
    },
  });
