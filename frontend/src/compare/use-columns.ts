import { useQueries, useQuery } from '@tanstack/react-query';
import { troubleOf, type Trouble } from '../api/trouble';
import type { Grain } from '../api/shapes';
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
    trouble: troubleOf(newest),
  };
}

/** What keeps newer charts away, of the whole page: the first trouble and the greatest age of its columns. */
export function standingOf(columns: Column[]): { trouble: Trouble | undefined; age: number } {
  const shown = columns.flatMap(({ answer, trouble }) =>
    answer === undefined || answer === 'not_computed' ? [] : [{ age: answer.age, trouble }],
  );
  return {
    trouble: shown.find(({ trouble }) => trouble)?.trouble,
    age: Math.max(0, ...shown.map(({ age }) => age)),
  };
}

/** The charts of all regions in one window, in the order of the regions. */
export function useColumns(regions: string[], grain: Grain, window: string | undefined): Column[] {
  const nameOf = useRegionNames();
  const answers = useQueries({
    queries: regions.map((region) => ({
      ...chartQuery({ region, grain, window }),
      placeholderData: undefined,
      enabled: window !== undefined,
    })),
  });
  return regions.map((region, place) => {
    const asked = answers[place];
    return { region, name: nameOf(region), answer: asked?.data, trouble: asked && troubleOf(asked) };
  });
}
