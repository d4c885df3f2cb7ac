import { queryOptions } from '@tanstack/react-query';
import { chartPath } from '../api/chart-path';
import { bodyOf, client } from '../api/client';
import type { Grain } from '../api/shapes';

const KEPT_MS = 60_000;

interface NumberOnesAsked {
  region: string;
  grain: Grain;
  from: string;
  to: string;
}

/** A region's number ones between two instants, newest first. */
export const numberOnesQuery = ({ region, grain, from, to }: NumberOnesAsked) =>
  queryOptions({
    queryKey: ['number ones', region, grain, from, to],
    queryFn: async ({ signal }) => {
      const params = { path: { grain: chartPath[grain] }, query: { region, from, to } };
      return bodyOf(await client.GET('/charts/{grain}/number-ones', { params, signal })).number_ones;
    },
    staleTime: KEPT_MS,
  });
