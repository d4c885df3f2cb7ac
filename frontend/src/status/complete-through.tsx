import { formatDistanceStrict } from 'date-fns';
import { english } from '../ui/english';
import { words } from '../ui/english/status';
import { localSeconds, utcSeconds } from '../ui/times';
import type { StatusAnswer } from './get-status';

/** The one sentence that says how fresh the charts are. */
export function CompleteThrough({ status: { complete_through: time, servedAt } }: { status: StatusAnswer }) {
  if (!time) return <p className="text-lg font-semibold">{words.notYet}</p>;
  const age = formatDistanceStrict(time, servedAt);
  return (
    <p className="text-lg font-semibold text-pretty tabular-nums">
      {words.completeThrough(utcSeconds(time), age)}{' '}
      <span className="font-normal text-quiet">({english.charts.local(localSeconds(time))})</span>
    </p>
  );
}
