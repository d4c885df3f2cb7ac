import type { Entry } from '../api/shapes';
import { ChartFrame } from './chart-frame';
import { ChartRow, type RowContext } from './chart-row';
import { useRowMotion } from './use-row-motion';

interface ChartTableProps {
  entries: Entry[];
  /** For each entry its ranks in the last windows. */
  paths: (number | null)[][] | null | undefined;
  caption: string;
  context: RowContext;
}

/** The songs in the api's order; rows glide to their new place when the same chart changes. */
export function ChartTable({ entries, paths, caption, context }: ChartTableProps) {
  const body = useRowMotion();
  return (
    <ChartFrame caption={caption}>
      <tbody ref={body}>
        {entries.map((entry, place) => (
          <ChartRow key={entry.song_id} entry={entry} path={paths?.[place]} context={context} />
        ))}
      </tbody>
    </ChartFrame>
  );
}
