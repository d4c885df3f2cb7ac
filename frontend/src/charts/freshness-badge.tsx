import { Hint } from '../ui/hint';
import { useNow } from '../ui/use-now';
import { freshnessOf } from './freshness';
import type { ComputedChart } from './get-chart';

const look = { provisional: 'text-accent', final: 'text-good', restated: 'text-warn', stale: 'text-bad' };

/** Says in a word, and on hover or focus in a sentence, how sure the numbers are. */
export function FreshnessBadge({ answer, answeredAt }: { answer: ComputedChart; answeredAt: number }) {
  const now = useNow(1_000);
  const { state, label, sentence } = freshnessOf(answer, now - answeredAt);
  return (
    <Hint
      sentence={sentence}
      className={`inline-flex min-h-11 items-center gap-2 font-semibold ${look[state]}`}
    >
      <span aria-hidden className="size-2 rounded-full bg-current" />
      {label}
    </Hint>
  );
}
