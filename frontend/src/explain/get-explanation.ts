import { queryOptions } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem';
import { chartPath } from '../api/chart-path';
import { pollEvery } from '../api/chart-updates';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

/** A song in one window of one region. */
export interface SongInWindow {
  songId: string;
  region: string;
  grain: Grain;
  /** First instant of the window. */
  start: string;
}

/** Where one song's number comes from. */
export const explanationQuery = ({ songId, region, grain, start }: SongInWindow) =>
  queryOptions({
    queryKey: ['explanation', songId, region, grain, start],
    queryFn: async ({ signal }) => {
      const path = { grain: chartPath[grain] };
      const query = { region, window_start: start, song_id: songId };
      return bodyOf(await client.GET('/charts/{grain}/explain', { params: { path, query }, signal }));
    },
    refetchInterval: ({ state }) => (state.error instanceof ApiProblem ? false : pollEvery()),
  });
