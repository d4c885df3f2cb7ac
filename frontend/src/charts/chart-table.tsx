import type { CSSProperties } from 'react';
import type { Chart } from '../api/shapes';
import { english } from '../ui/english';
import { ChartFrame } from './chart-frame';
import { ChartRow } from './chart-row';
import type { ChartView } from './chart-search';
import { useRowMotion } from './use-row-motion';
import { windowTitle } from '../windows/window-names';

/** The songs in the api's order; rows glide to their new place when the same chart changes. */
export function ChartTable({
  chart,
  entries,
  regionName,
  view,
}: Chart & { regionName: string; view: ChartView }) {
  const body = useRowMotion();
  const leader = { '--leader': entries[0]?.plays ?? 1 } as CSSProperties;
  return (
    <ChartFrame caption={english.charts.caption(regionName, windowTitle(chart.window_start, chart.grain))}>
      <tbody ref={body} style={leader}>
        {entries.map((entry) => (
          <ChartRow key={entry.song_id} entry={entry} region={view.region} grain={view.grain} />
        ))}
      </tbody>
    </ChartFrame>
  );
}
