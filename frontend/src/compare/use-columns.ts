import { useQueries, useQuery } from '@tanstack/react-query';
import type { Grain } from '../api/shapes';
import { TOP } from '../charts/chart-search';
import { chartQuery } from '../charts/get-chart';
import { GLOBAL } from '../regions/parse-region';
import { useRegionNames } from '../regions/use-region-name';
import { windowsQuery } from '../windows/get-windows';
import { windowAt } from '../windows/window-names';
import type { Column } from './column';

/**
 * The same window for all: the one asked for, else the newest that is counted worldwide.
 * Undefined while that is asked for, null when nothing was ever counted.
 */
export function useSharedWindow(grain: Grain, window: string | undefined) {
  const newest = useQuery({
    ...windowsQuery({ region: GLOBAL, grain, limit: 1 }),
    enabled: window === undefined,
  });
  const start = newest.data && (newest.data[0]?.window_start ?? null);
  return {
    window: window ?? (start ? windowAt(start, grain) : start),
    problem: newest.error ?? newest.failureReason,
  };
}

/** The charts of all regions in one window, in the order of the regions. */
export function useColumns(regions: string[], grain: Grain, window: string | undefined): Column[] {
  const nameOf = useRegionNames();
  const answers = useQueries({
    queries: regions.map((region) => ({
      ...chartQuery({ region, grain, window, limit: TOP }),
      placeholderData: undefined,
      enabled: window !== undefined,
    })),
  });
  return regions.map((region, index) => ({
    region,
    name: nameOf(region),
    answer: answers[index]?.data,
    error: answers[index]?.error ?? answers[index]?.failureReason ?? null,
  }));
}
