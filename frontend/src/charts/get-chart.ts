import { queryOptions } from '@tanstack/react-query';
import { ApiProblem, hasCode } from '../api/api-problem';
import { pollEvery } from '../api/chart-updates';
import { agedBodyOf, client, type Aged } from '../api/client';
import type { Chart } from '../api/shapes';
import type { ChartView } from './chart-search';

const SETTLED_MS = 60_000;

export interface ComputedChart extends Aged<Chart> {
  /** The server's clock when it answered, in milliseconds: ages are taken from it, not from the viewer's clock. */
  servedAt: number;
}

/** A chart, or the word that its window is not computed yet, which is an answer and no failure. */
export type ChartAnswer = ComputedChart | 'not_computed';

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

function requestChart({ region, grain, window, limit }: ChartView, signal: AbortSignal) {
  return grain === 'day'
    ? client.GET('/charts/daily', { params: { query: { region, date: window, limit } }, signal })
    : client.GET('/charts/hourly', { params: { query: { region, hour: window, limit } }, signal });
}

/** One final window, which only a restatement can change. */
const isSettled = ({ window }: ChartView, answer: ChartAnswer | undefined) =>
  window !== undefined &&
  answer !== undefined &&
  answer !== 'not_computed' &&
  answer.chart.status === 'final';

/** One chart, kept fresh while it is open or followed. */
export function chartQuery(view: ChartView) {
  const chart = [view.region, view.grain, view.window ?? 'newest'];
  return queryOptions({
    queryKey: ['chart', ...chart, view.limit],
    queryFn: ({ signal }) => getChart(view, signal),
    staleTime: ({ state }) => (isSettled(view, state.data) ? SETTLED_MS : 0),
    refetchInterval: ({ state }) => {
      if (state.error instanceof ApiProblem) return false;
      return isSettled(view, state.data) ? SETTLED_MS : pollEvery();
    },
    placeholderData: (previous, query) =>
      query?.queryKey.slice(1, 4).join() === chart.join() ? previous : undefined,
  });
}
