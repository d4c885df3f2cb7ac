import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { english } from '../ui/english';
import { Panel } from '../ui/panel';
import { utcClock, utcDay } from '../ui/times';
import { useNow } from '../ui/use-now';
import type { ChartView } from './chart-search';
import type { ComputedChart } from './get-chart';
import { windowsQuery } from '../windows/get-windows';
import { windowAt, windowTitle } from '../windows/window-names';

const words = english.states;

/** The window is not computed yet: it has not begun, is being counted, or nothing was ever played. */
export function NotComputed({ view }: { view: ChartView }) {
  const now = useNow(10_000);
  if (view.window === undefined) return <Panel title={words.noChartsTitle}>{words.noCharts}</Panel>;
  return Date.parse(view.window) <= now ? (
    <Panel title={words.notComputed[view.grain]} action={<GoLive />}>
      {words.notComputedDetail}
    </Panel>
  ) : (
    <Panel title={words.notBegun[view.grain]} action={<GoLive />}>
      {words.notBegunDetail}
    </Panel>
  );
}

/** The window is computed and nothing was played in it; the nearest earlier one with plays is offered. */
export function EmptyChart({
  answer,
  view,
  regionName,
}: {
  answer: ComputedChart;
  view: ChartView;
  regionName: string;
}) {
  const { window_start: start, grain } = answer.chart;
  const { data: earlier } = useQuery(windowsQuery({ region: view.region, grain, before: start }));
  const nearest = earlier?.find((window) => window.total_plays > 0)?.window_start;
  const action = nearest ? (
    <Link to="/" search={(search) => ({ ...search, window: windowAt(nearest, grain) })} className="control">
      {words.nearest(windowTitle(nearest, grain))}
    </Link>
  ) : (
    <GoLive />
  );
  return (
    <Panel title={emptyTitle(answer, regionName)} action={action}>
      {words.emptyDetail}
    </Panel>
  );
}

function emptyTitle({ chart }: ComputedChart, regionName: string) {
  const where = english.charts.inRegion(regionName);
  const day = utcDay(chart.window_start);
  return chart.grain === 'day'
    ? words.emptyDay(where, day)
    : words.emptyHour(where, utcClock(chart.window_start), utcClock(chart.window_end), day);
}

const GoLive = () => (
  <Link to="/" search={(search) => ({ ...search, window: undefined })} className="control">
    {words.newest}
  </Link>
);
