import { useMemo } from 'react';
import { texts } from '../ui/texts';
import { windowAt, windowWithUtc } from '../windows/window-names';
import { EmptyChart, NotComputed } from './chart-absent';
import type { RowContext } from './chart-row';
import { FIRST, type ChartView } from './chart-search';
import { ChartSkeleton } from './chart-skeleton';
import { ChartTable } from './chart-table';
import type { ChartAnswer, ComputedChart } from './get-chart';
import { NumberOne } from './number-one';
import { ShowMore } from './show-more';
import { WhatChanged } from './what-changed';
import { Withheld } from './withheld';

interface ChartBodyProps {
  answer: ChartAnswer | undefined;
  view: ChartView;
  regionName: string;
  /** Whether all songs are shown, not only the first. */
  isWhole: boolean;
}

/** What stands in the middle of the page: the chart, or the word why there is none. */
export function ChartBody({ answer, view, regionName, isWhole }: ChartBodyProps) {
  if (answer === undefined) return <ChartSkeleton />;
  if (answer === 'not_computed') return <NotComputed view={view} />;
  if (answer.entries.length === 0) return <EmptyChart answer={answer} view={view} regionName={regionName} />;
  return <Loaded answer={answer} view={view} regionName={regionName} isWhole={isWhole} />;
}

function Loaded({ answer, view, regionName, isWhole }: ChartBodyProps & { answer: ComputedChart }) {
  const { region, grain, window_start, status } = answer.chart;
  const [first, second] = answer.entries;
  const window = windowAt(window_start, grain);
  const followed = view.window === undefined ? view.grain : undefined;
  const context = useMemo<RowContext>(
    () => ({ region, grain, window, chosen: view.window, followed }),
    [region, grain, window, view.window, followed],
  );
  const where = texts.charts.inRegion(regionName);
  const shown = isWhole ? answer.entries : answer.entries.slice(0, FIRST);
  return (
    <>
      <div className="story print:hidden">
        {first && (
          <NumberOne
            first={first}
            second={second}
            where={where}
            isOpen={status !== 'final' && view.window === undefined}
            context={context}
          />
        )}
        <WhatChanged entries={answer.entries} context={context} />
      </div>
      <div>
        <a href="#after-songs" className="skip-songs control">
          {texts.charts.skipSongs}
        </a>
        <ChartTable
          key={`${region} ${window}`}
          entries={shown}
          paths={answer.history}
          caption={texts.charts.caption(where, windowWithUtc(window_start, grain))}
          context={context}
        />
        <span id="after-songs" tabIndex={-1} />
      </div>
      <ShowMore isWhole={isWhole} songs={answer.entries.length} />
      <Withheld chart={answer.chart} />
    </>
  );
}
