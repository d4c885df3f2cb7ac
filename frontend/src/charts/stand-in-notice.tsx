import { Link } from '@tanstack/react-router';
import { texts } from '../ui/texts';
import { hourTitle, windowAt } from '../windows/window-names';
import type { ComputedChart } from './get-chart';
import type { StandIn } from './use-shown-chart';

const words = texts.charts;
const link = 'inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-4';

/** Says why another window than the newest hour is shown, and leads to that hour. */
export function InsteadOfNow({ shown, standIn }: { shown: ComputedChart; standIn: StandIn }) {
  const start = standIn.newest.chart.window_start;
  const sentence = standIn.why === 'young' ? words.young(hourTitle(start)) : words.quiet[shown.chart.grain];
  return (
    <p className="-my-2 flex flex-wrap items-center gap-x-2 text-sm text-quiet">
      {sentence}
      <Link
        to="/"
        search={(search) => ({ ...search, window: windowAt(start, 'hour') })}
        activeProps={{}}
        className={link}
      >
        {words.seeYoung}
      </Link>
    </p>
  );
}

/** Says that an earlier version is shown, and leads to the current one. */
export function EarlierVersion({ revision }: { revision: number }) {
  return (
    <p role="status" className="rounded-xl border border-warn px-4 text-sm text-warn">
      {words.edition(revision)}{' '}
      <Link
        to="/"
        search={(search) => ({ ...search, revision: undefined })}
        activeProps={{}}
        className={link}
      >
        {words.seeCurrent}
      </Link>
    </p>
  );
}
