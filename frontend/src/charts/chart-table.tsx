import type { Entry } from '../api/shapes';
import { ChartFrame } from './chart-frame';
import { ChartRow, type RowContext } from './chart-row';
import { useRowMotion } from './use-row-motion';

interface ChartTableProps {
  entries: Entry[];
  caption: string;
  context: RowContext;
}

/** The songs in the api's order; rows glide to their new place when the same chart changes. */
export function ChartTable({ entries, caption, context }: ChartTableProps) {
  const body = useRowMotion();
  return (
    <ChartFrame caption={caption}>
      <tbody ref={body}>
        {entries.map((entry) => (
          <ChartRow key={entry.song_id} entry={entry} context={context} />
        ))}
      </tbody>
    </ChartFrame>
  );
}
