import type { Chart } from '../api/shapes';
import { english } from '../ui/english';
import { ChartFrame } from './chart-frame';
import { ChartRow } from './chart-row';
import { useRowMotion } from './use-row-motion';
import { windowTitle } from './windows';

/** The songs in the api's order; rows glide to their new place when the same chart changes. */
export function ChartTable({ chart, entries, regionName }: Chart & { regionName: string }) {
  const body = useRowMotion();
  const leader = entries[0]?.plays ?? 1;
  return (
    <ChartFrame caption={english.charts.caption(regionName, windowTitle(chart.window_start, chart.grain))}>
      <tbody ref={body}>
        {entries.map((entry) => (
          <ChartRow key={entry.song_id} entry={entry} leader={leader} grain={chart.grain} />
        ))}
      </tbody>
    </ChartFrame>
  );
}
