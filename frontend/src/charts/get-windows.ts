import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';
import type { ChartView } from './chart-search';
import { windowAt } from './windows';

/** The name of the newest window before `start` that has plays, or null. */
export const windowWithPlaysQuery = ({ region, grain }: ChartView, start: string) =>
  queryOptions({
    queryKey: ['windows', region, grain, start],
    queryFn: async ({ signal }) => {
      const query = { region, grain, before: start };
      const { windows } = bodyOf(await client.GET('/windows', { params: { query }, signal }));
      const nearest = windows.find((window) => window.total_plays > 0);
      return nearest ? windowAt(nearest.window_start, grain) : null;
    },
  });
