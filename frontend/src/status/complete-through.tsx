import { formatAgo } from '../ui/ages';
import { status as words } from '../ui/texts/pages';
import { clockName } from '../ui/instant-names';
import type { StatusAnswer } from './get-status';

/** The one sentence that says how fresh the charts are. */
export function CompleteThrough({ status: { complete_through: time, servedAt } }: { status: StatusAnswer }) {
  if (!time) return <p className="text-lg font-semibold">{words.notYet}</p>;
  const ago = formatAgo(servedAt - Date.parse(time));
  return (
    <p className="text-lg font-semibold text-pretty tabular-nums">
      {words.completeThrough(clockName(time), ago)}
    </p>
  );
}
