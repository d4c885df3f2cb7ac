import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { english } from '../ui/english';
import { localClock, utcClock, utcDay } from '../ui/times';
import { useNow } from '../ui/use-now';
import type { ChartView } from './chart-search';
import { hourTitle, windowBeside } from './windows';

interface WindowStepperProps {
  view: ChartView;
  /** Start of the window on the screen; undefined while that is asked for, null when there is none. */
  start: string | null | undefined;
}

/** Which window is shown, one step back and one step on. */
export function WindowStepper({ view, start }: WindowStepperProps) {
  return (
    <div className="order-last flex w-full items-center gap-2 sm:order-none sm:w-auto">
      <Step view={view} start={start} steps={-1} sign="‹" label={english.charts.previous[view.grain]} />
      <p className="min-h-11 grow content-center text-center text-sm leading-snug tabular-nums sm:w-60 sm:grow-0">
        {start === undefined && <span className="skeleton mx-auto block h-4 w-40" />}
        {start && <WindowLabel start={start} grain={view.grain} />}
      </p>
      <Step view={view} start={view.window} steps={1} sign="›" label={english.charts.next[view.grain]} />
    </div>
  );
}

/** What tells windows apart in bold; below it the rest, and the viewer's own time where that is another. */
function WindowLabel({ start, grain }: { start: string; grain: Grain }) {
  const local = localClock(start) === utcClock(start) ? undefined : localClock(start);
  const day = utcDay(start);
  return (
    <time dateTime={start}>
      <span className="block font-semibold">
        {grain === 'hour' ? hourTitle(start) : english.charts.dayTitle(day)}
      </span>
      <span className="block text-xs whitespace-nowrap text-quiet sm:text-sm">
        {grain === 'hour' ? english.charts.dayAndLocal(day, local) : local && english.charts.starts(local)}
      </span>
    </time>
  );
}

function Step({
  view,
  start,
  steps,
  sign,
  label,
}: WindowStepperProps & { steps: 1 | -1; sign: string; label: string }) {
  const now = useNow(10_000);
  const target = start && windowBeside(start, view.grain, steps);
  const reachable = target && Date.parse(target) <= now;
  const look = 'control min-w-11 text-xl font-normal';
  return reachable ? (
    <Link
      to="/"
      search={(search) => ({ ...search, window: target })}
      className={look}
      aria-label={label}
      title={label}
    >
      <span aria-hidden>{sign}</span>
    </Link>
  ) : (
    // eslint-disable-next-line jsx-a11y/anchor-is-valid -- a link without an address is how HTML says "not now"
    <a role="link" aria-disabled="true" className={look} aria-label={label}>
      <span aria-hidden>{sign}</span>
    </a>
  );
}
