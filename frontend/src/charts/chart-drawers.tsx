import { lazy, Suspense } from 'react';
import { withTexts } from '../ui/texts/language';
import { REVISIONS } from './chart-search';
import type { ComputedChart } from './get-chart';

const ExplainDrawer = lazy(async () => ({
  default: (await withTexts(() => import('../explain/explain-drawer'))).ExplainDrawer,
}));
const RevisionsDrawer = lazy(async () => ({
  default: (await withTexts(() => import('../revisions/revisions-drawer'))).RevisionsDrawer,
}));

interface ChartDrawersProps {
  /** What the address says is open. */
  open: string | undefined;
  answer: ComputedChart;
  regionName: string;
  onClose: () => void;
}

/** What lies over the chart: why a number is what it is, or what was corrected. */
export function ChartDrawers({ open, answer: { chart, entries }, regionName, onClose }: ChartDrawersProps) {
  if (open === undefined) return null;
  const window = { region: chart.region, grain: chart.grain, start: chart.window_start };
  return (
    <Suspense fallback={null}>
      {open === REVISIONS ? (
        <RevisionsDrawer chart={window} onClose={onClose} />
      ) : (
        <ExplainDrawer
          song={{ ...window, songId: open }}
          entries={entries}
          regionName={regionName}
          onClose={onClose}
        />
      )}
    </Suspense>
  );
}
