import { queryOptions } from '@tanstack/react-query';
import { ApiProblem, hasCode } from '../api/api-problem';
import { pollEvery } from '../api/chart-updates';
import { agedBodyOf, client, type Aged } from '../api/client';
import { keptMode } from '../api/offline';
import type { Chart } from '../api/shapes';
import { windowAt } from '../windows/window-names';
import type { ChartView } from './chart-search';

const SETTLED_MS = 60_000;
/** How many windows a song's line of ranks spans. Keep equal to public/first.js. */
const PATH = 12;

export interface ComputedChart extends Aged<Chart> {
  /** The server's clock when it answered, in milliseconds: ages are taken from it, not from the viewer's clock. */
  servedAt: number;
}

/** A chart, or the word that its window is not computed yet, which is an answer and no failure. */
export type ChartAnswer = ComputedChart | 'not_computed';

export const computed = (answer: ChartAnswer | undefined) => (answer === 'not_computed' ? undefined : answer);

async function getChart(view: ChartView, signal: AbortSignal): Promise<ChartAnswer> {
  try {
    const answer = await requestChart(view, signal);
    return {
      ...agedBodyOf(answer),
      servedAt: Date.parse(answer.response.headers.get('Date') ?? '') || Date.now(),
    };
  } catch (error) {
    if (hasCode(error, 'not_computed')) return 'not_computed';
    throw error;
  }
}

function requestChart({ region, grain, window, revision }: ChartView, signal: AbortSignal) {
  const query = { region, revision, history: revision === undefined ? PATH : undefined };
  return grain === 'day'
    ? client.GET('/charts/daily', { params: { query: { ...query, date: window } }, signal })
    : client.GET('/charts/hourly', { params: { query: { ...query, hour: window } }, signal });
}

/** One final window, which only a correction can change. */
const isSettled = ({ window }: ChartView, answer: ChartAnswer | undefined) =>
  window !== undefined && computed(answer)?.chart.status === 'final';

/** Whether an answer is of the window that another address names: it was opened from there. */
const isOf = ({ region, grain, window, revision }: ChartView, answer: ChartAnswer | undefined) => {
  const chart = computed(answer)?.chart;
  return (
    window !== undefined &&
    revision === undefined &&
    chart?.region === region &&
    chart.grain === grain &&
    windowAt(chart.window_start, grain) === window
  );
};

/** One chart with all its songs, kept fresh while it is open or followed. */
export function chartQuery(view: ChartView) {
  return queryOptions({
    queryKey: ['chart', view.region, view.grain, view.window ?? 'newest', view.revision ?? 'current'],
    networkMode: keptMode(),
    queryFn: ({ signal }) => getChart(view, signal),
    staleTime: ({ state }) => (isSettled(view, state.data) ? SETTLED_MS : 0),
    refetchInterval: ({ state }) => {
      if (state.error instanceof ApiProblem) return false;
      return isSettled(view, state.data) ? SETTLED_MS : pollEvery();
    },
    placeholderData: (previous) => (isOf(view, previous) ? previous : undefined),
  });
}
