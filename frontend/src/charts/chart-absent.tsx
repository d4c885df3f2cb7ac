import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GLOBAL } from '../regions/parse-region';
import { texts } from '../ui/texts';
import { Panel } from '../ui/panel';
import { useNow } from '../ui/use-now';
import { windowsQuery } from '../windows/get-windows';
import { windowAt, windowTitle, windowWithUtc } from '../windows/window-names';
import type { ChartView } from './chart-search';
import type { ComputedChart } from './get-chart';

const words = texts.states;

/** The window is not computed yet: it has not begun, is being counted, or nothing was ever played. */
export function NotComputed({ view }: { view: ChartView }) {
  const now = useNow(10_000);
  if (view.window === undefined)
    return (
      <Panel title={words.noChartsTitle} action={<ToWorld />}>
        {words.noCharts}
      </Panel>
    );
  return Date.parse(view.window) <= now ? (
    <Panel title={words.notComputed[view.grain]} action={<ToNewest />}>
      {words.notComputedDetail}
    </Panel>
  ) : (
    <Panel title={words.notBegun[view.grain]} action={<ToNewest />}>
      {words.notBegunDetail}
    </Panel>
  );
}

interface EmptyChartProps {
  answer: ComputedChart;
  view: ChartView;
  regionName: string;
}

/** The window is computed and nothing was played in it; the nearest earlier one with plays is offered. */
export function EmptyChart({ answer, view, regionName }: EmptyChartProps) {
  const { window_start: start, grain } = answer.chart;
  const { data: earlier } = useQuery(windowsQuery({ region: view.region, grain, before: start }));
  const nearest = earlier?.find((window) => window.total_plays > 0)?.window_start;
  const action = nearest ? (
    <Link to="/" search={(search) => ({ ...search, window: windowAt(nearest, grain) })} className="control">
      {words.nearest(windowTitle(nearest, grain))}
    </Link>
  ) : (
    <ToNewest />
  );
  return (
    <Panel
      title={(answer.chart.withheld ? words.nothingShown : words.empty)(
        texts.charts.inRegion(regionName),
        windowWithUtc(start, grain),
      )}
      action={action}
    >
      {answer.chart.withheld
        ? texts.charts.withheld(answer.chart.rules.minimum_listeners)
        : words.emptyDetail[grain]}
    </Panel>
  );
}

const ToNewest = () => (
  <Link to="/" search={(search) => ({ ...search, window: undefined })} className="control">
    {words.newest}
  </Link>
);

const ToWorld = () => (
  <Link to="/" search={{ region: GLOBAL }} className="control">
    {words.toGlobal}
  </Link>
);
