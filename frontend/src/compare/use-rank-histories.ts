import { useQueries } from '@tanstack/react-query';
import { troubleOf } from '../api/trouble';
import type { Grain, SongHistory } from '../api/shapes';
import { historyQuery } from '../songs/get-history';
import { windowEnd } from '../windows/window-names';

interface RankHistories {
  histories: (SongHistory | undefined)[];
  /** Which regions' histories could not be loaded, by their place among the regions. */
  failed: number[];
  isLoading: boolean;
  onRetry: () => void;
}

/** One song in each of the regions over these windows: one request for each region. */
export function useRankHistories(
  songId: string,
  regions: string[],
  grain: Grain,
  windows: string[],
): RankHistories {
  const [first = '', last = ''] = [windows[0], windows.at(-1)];
  const from = new Date(first).toISOString();
  const to = windowEnd(last, grain).toISOString();
  const answers = useQueries({
    queries: regions.map((region) => historyQuery({ songId, region, grain, from, to })),
  });
  const hasFailed = (asked: (typeof answers)[number]) => !asked.data && troubleOf(asked) !== undefined;
  return {
    histories: answers.map(({ data }) => data),
    failed: answers.flatMap((answer, place) => (hasFailed(answer) ? [place] : [])),
    isLoading: answers.some((answer) => !answer.data && !hasFailed(answer)),
    onRetry: () => {
      for (const answer of answers) if (hasFailed(answer)) void answer.refetch();
    },
  };
}
