import { useQuery } from '@tanstack/react-query';
import { windowBeside } from '../windows/window-names';
import type { ChartView } from './chart-search';
import { chartQuery, computed, type ChartAnswer, type ComputedChart } from './get-chart';

/** From this many plays on, and from this age on, an hour says something. */
const ENOUGH_PLAYS = 50;
const YOUNG_MS = 15 * 60_000;

/** Why another chart than the newest hour stands for now. */
export type StandIn = { why: 'young' | 'quiet'; newest: ComputedChart };

const isYoung = ({ servedAt, chart }: ComputedChart) => servedAt - Date.parse(chart.window_start) < YOUNG_MS;

const isEnough = (chart: ComputedChart | undefined) =>
  chart !== undefined && chart.chart.total_plays >= ENOUGH_PLAYS;

const most = (charts: (ComputedChart | undefined)[]) =>
  charts
    .filter((chart) => chart !== undefined)
    .reduce((one, other) => (other.chart.total_plays > one.chart.total_plays ? other : one));

/**
 * The chart of a view. Now is the newest hour; while that is young or few people played, the hour before
 * or the day stands in for it, so that the first screen never collapses at the full hour.
 */
export function useShownChart(view: ChartView) {
  const asked = useQuery(chartQuery(view));
  const newest = view.grain === 'hour' && view.window === undefined ? computed(asked.data) : undefined;
  const isWeak = newest !== undefined && (isYoung(newest) || !isEnough(newest));
  const before = newest && windowBeside(newest.chart.window_start, 'hour', -1);
  const previous = useQuery({ ...chartQuery({ ...view, window: before }), enabled: isWeak });
  const last = isWeak ? computed(previous.data) : undefined;
  const needsDay = isWeak && !previous.isPending && !isEnough(last);
  const daily = useQuery({ ...chartQuery({ ...view, grain: 'day' }), enabled: needsDay });
  const isWaiting = (isWeak && previous.isPending) || (needsDay && daily.isPending);

  if (!isWeak) return { asked, answer: asked.data, standIn: undefined };
  // Offline, what is missing does not come: then the newest hour is better than nothing.
  if (isWaiting && previous.fetchStatus !== 'paused' && daily.fetchStatus !== 'paused')
    return { asked, answer: undefined, standIn: undefined };
  const answer: ChartAnswer = isEnough(last) && last ? last : most([newest, last, computed(daily.data)]);
  const why = isYoung(newest) && isEnough(last) ? ('young' as const) : ('quiet' as const);
  return { asked, answer, standIn: answer === newest ? undefined : { why, newest } };
}
