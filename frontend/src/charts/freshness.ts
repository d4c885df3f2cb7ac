import { formatDistanceStrict } from 'date-fns';
import { english } from '../ui/english';
import type { ComputedChart } from './get-chart';

const STALE_AFTER_MS = 60_000;
const words = english.freshness;

export interface Freshness {
  state: 'provisional' | 'final' | 'restated' | 'stale';
  label: string;
  sentence: string;
}

const ageOf = ({ chart, servedAt }: ComputedChart, sinceAnswer: number) =>
  chart.complete_through === null
    ? 0
    : servedAt - Date.parse(chart.complete_through) + Math.max(0, sinceAnswer);

/**
 * How sure the numbers are. `sinceAnswer` is how long ago, in milliseconds, the answer came.
 * A chart that is not final is stale when it is not complete through the last minute.
 */
export function freshnessOf(answer: ComputedChart, sinceAnswer: number): Freshness {
  const { revision, status } = answer.chart;
  if (revision > 1)
    return { state: 'restated', label: words.restated(revision), sentence: words.restatedSentence(revision) };
  if (status === 'final') return { state: 'final', label: words.final, sentence: words.finalSentence };
  const age = ageOf(answer, sinceAnswer);
  if (age > STALE_AFTER_MS)
    return {
      state: 'stale',
      label: words.stale(formatDistanceStrict(0, age)),
      sentence: words.staleSentence,
    };
  return { state: 'provisional', label: words.provisional, sentence: words.provisionalSentence };
}
