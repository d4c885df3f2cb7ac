import { lazy } from 'react';
import type { Entry } from '../api/shapes';
import { english } from '../ui/english';
import { WhenNear } from '../ui/when-near';
import { TOP } from './chart-search';

const ChartBars = lazy(() => import('./chart-bars'));

function summaryOf(entries: Entry[]) {
  const first = entries[0];
  const last = entries.at(-1);
  return first && last ? english.charts.barsSummary(first.title, first.plays, last.title, last.plays) : '';
}

/** The bar chart; the chart library loads when it comes near the screen, with its height kept free. */
export function BarsSection({ entries }: { entries: Entry[] }) {
  const shown = entries.slice(0, TOP);
  const summary = summaryOf(shown);
  return (
    <figure className="rounded-2xl border border-line bg-surface p-4 shadow-xs sm:p-6">
      <figcaption>
        <h2 className="text-lg font-semibold">{english.charts.barsTitle(shown.length)}</h2>
        <p className="sr-only">{summary}</p>
      </figcaption>
      <WhenNear style={{ height: 96 + 36 * shown.length }}>
        <ChartBars entries={shown} summary={summary} />
      </WhenNear>
    </figure>
  );
}
