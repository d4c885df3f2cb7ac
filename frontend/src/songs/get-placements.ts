import { queryOptions } from '@tanstack/react-query';
import { pollEvery } from '../api/chart-updates';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

/** One song on the charts of every region in one window, best rank first. */
export const placementsQuery = (songId: string, grain: Grain, start: string) =>
  queryOptions({
    queryKey: ['placements', songId, grain, start],
    queryFn: async ({ signal }) => {
      const params = { path: { song_id: songId }, query: { grain, window_start: start } };
      return bodyOf(await client.GET('/songs/{song_id}/placements', { params, signal })).placements;
    },
    refetchInterval: ({ state }) => (state.error ? false : pollEvery()),
  });
