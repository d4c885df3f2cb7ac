import type { Reconciliation } from '../api/shapes';
import { reconciliation as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { Verdict } from './verdict';

/** Nothing that came in is lost: received = plays + duplicates + malformed. */
export function ReceivedSum({ received }: { received: Reconciliation['received'] }) {
  const parts = [
    ['', words.received, received.received],
    ['=', words.plays, received.plays],
    ['+', words.duplicates, received.duplicates],
    ['+', words.malformed, received.malformed],
  ] as const;
  return (
    <div className="card flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
      <p className="basis-full text-sm text-quiet">{words.receivedWhen}</p>
      <dl className="flex flex-wrap items-end gap-x-4 gap-y-2 tabular-nums">
        {parts.map(([sign, name, number]) => (
          <div key={name}>
            <dt className="text-sm text-quiet">{name}</dt>
            <dd className="text-xl font-semibold">
              {sign && (
                <span aria-hidden className="mr-3 font-normal text-quiet">
                  {sign}
                </span>
              )}
              {formatCount(number)}
            </dd>
          </div>
        ))}
      </dl>
      <Verdict holds={received.holds} />
    </div>
  );
}
