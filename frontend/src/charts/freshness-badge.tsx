import { Link } from '@tanstack/react-router';
import { BADGE_ID } from '../revisions/badge-id';
import { english } from '../ui/english';
import { Hint } from '../ui/hint';
import { useNow } from '../ui/use-now';
import { REVISIONS } from './chart-search';
import { freshnessOf } from './freshness';
import type { ComputedChart } from './get-chart';

const look = { provisional: 'text-accent', final: 'text-good', restated: 'text-warn', stale: 'text-bad' };

/** Says in a word, and on hover or focus in a sentence, how sure the numbers are. */
export function FreshnessBadge({ answer, answeredAt }: { answer: ComputedChart; answeredAt: number }) {
  const now = useNow(1_000);
  const { state, label, sentence } = freshnessOf(answer, now - answeredAt);
  const dot = <span aria-hidden className="size-2 rounded-full bg-current" />;
  const style = `inline-flex min-h-11 items-center gap-2 font-semibold ${look[state]}`;
  if (state !== 'restated')
    return (
      <Hint sentence={sentence} className={style}>
        {dot}
        {label}
      </Hint>
    );
  return (
    <Hint sentence={`${sentence} ${english.freshness.seeChanges}`} className={style} link={<ToRevisions />}>
      {dot}
      {label}
    </Hint>
  );
}

const ToRevisions = (props: object) => (
  <Link
    to="."
    search={(search) => ({ ...search, open: REVISIONS })}
    resetScroll={false}
    activeProps={{}}
    id={BADGE_ID}
    {...props}
  />
);
