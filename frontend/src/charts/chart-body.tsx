import { BarsSection } from './bars-section';
import { EmptyChart, NotComputed } from './chart-absent';
import type { ChartView } from './chart-search';
import { ChartSkeleton } from './chart-skeleton';
import { ChartTable } from './chart-table';
import type { ChartAnswer, ComputedChart } from './get-chart';
import { LimitSwitch } from './limit-switch';
import { LiveAnnouncer } from './live-announcer';

interface ChartBodyProps {
  answer: ChartAnswer | undefined;
  view: ChartView;
  regionName: string;
}

/** What stands in the middle of the page: the chart, or the word why there is none. */
export function ChartBody({ answer, view, regionName }: ChartBodyProps) {
  if (answer === undefined) return <ChartSkeleton />;
  if (answer === 'not_computed') return <NotComputed view={view} />;
  if (answer.entries.length === 0) return <EmptyChart answer={answer} view={view} regionName={regionName} />;
  return <Loaded answer={answer} view={view} regionName={regionName} />;
}

function Loaded({
  answer,
  view,
  regionName,
}: {
  answer: ComputedChart;
  view: ChartView;
  regionName: string;
}) {
  const { region, grain, window_start } = answer.chart;
  const chartKey = `${region} ${grain} ${window_start}`;
  return (
    <>
      <LiveAnnouncer key={`told ${chartKey}`} answer={answer} />
      <ChartTable
        key={chartKey}
        chart={answer.chart}
        entries={answer.entries}
        regionName={regionName}
        view={view}
      />
      <LimitSwitch view={view} songs={answer.chart.total_songs} />
      <BarsSection entries={answer.entries} />
    </>
  );
}
