import { texts } from '../ui/texts';
import type { ComputedChart } from './get-chart';

/** That songs with few listeners are left out; absent where none is. */
export function Withheld({ chart }: { chart: ComputedChart['chart'] }) {
  if (!chart.withheld) return null;
  return (
    <p className="text-center text-sm text-quiet">{texts.charts.withheld(chart.rules.minimum_listeners)}</p>
  );
}
