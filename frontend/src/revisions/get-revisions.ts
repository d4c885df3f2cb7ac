import { queryOptions } from '@tanstack/react-query';
import { chartPath } from '../api/chart-path';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

/** One window of one region. */
export interface ChartWindow {
  region: string;
  grain: Grain;
  /** First instant of the window. */
  start: string;
}

/** Every revision of one chart, newest first. */
export const revisionsQuery = ({ region, grain, start }: ChartWindow) =>
  queryOptions({
    queryKey: ['revisions', region, grain, start],
    queryFn: async ({ signal }) => {
      const path = { grain: chartPath[grain] };
      const query = { region, window_start: start };
      return bodyOf(await client.GET('/charts/{grain}/revisions', { params: { path, query }, signal }))
        .revisions;
    },
  });
