import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { Chevron } from '../ui/chevron';
import { english } from '../ui/english';
import { Popover } from '../ui/popover';
import { localClockBeside, utcDay } from '../ui/times';
import { useNow } from '../ui/use-now';
import type { WindowView } from './parse-window';
import { WindowList } from './window-list';
import { hourTitle, windowBeside } from './window-names';

interface WindowStepperProps {
  /** Whose windows can be chosen. */
  region: string;
  view: WindowView;
  /** Start of the window on the screen; undefined while that is asked for, null when there is none. */
  start: string | null | undefined;
}

/** Which window is shown, one step back, one step on, and all that there are. */
export function WindowStepper({ region, view, start }: WindowStepperProps) {
  return (
    <div className="order-last flex w-full min-w-0 items-center gap-2 sm:order-none sm:w-auto">
      <Step view={view} start={start} steps={-1} sign="‹" label={english.charts.previous[view.grain]} />
      <div className="min-h-11 min-w-0 grow sm:w-64 sm:grow-0">
        {start === undefined && <span className="skeleton mx-auto mt-3 block h-4 w-40" />}
        {start && (
          <Popover
            kind="true"
            align="center"
            className="flex min-h-11 w-full items-center justify-center gap-2 rounded-lg text-center text-sm leading-snug tabular-nums hover:bg-hover"
            label={
              <>
                <WindowLabel start={start} grain={view.grain} />
                <Chevron className="w-3" />
                <span className="sr-only">{english.charts.windows}</span>
              </>
            }
          >
            {(close) => <WindowList region={region} grain={view.grain} shown={start} onChoose={close} />}
          </Popover>
        )}
      </div>
      <Step view={view} start={view.window} steps={1} sign="›" label={english.charts.next[view.grain]} />
    </div>
  );
}

/** What tells windows apart in bold; below it the rest, and the viewer's own time where that is another. */
function WindowLabel({ start, grain }: { start: string; grain: Grain }) {
  const local = localClockBeside(start);
  const day = utcDay(start);
  return (
    <time dateTime={start}>
      <span className="block font-semibold">
        {grain === 'hour' ? hourTitle(start) : english.charts.dayTitle(day)}
      </span>
      <span className="block text-xs text-quiet min-[22rem]:whitespace-nowrap sm:text-sm">
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
}: Omit<WindowStepperProps, 'region'> & { steps: 1 | -1; sign: string; label: string }) {
  const now = useNow(10_000);
  const target = start && windowBeside(start, view.grain, steps);
  const reachable = target && Date.parse(target) <= now;
  const look = 'control min-w-11 text-xl font-normal';
  return reachable ? (
    <Link
      to="."
      search={(search) => ({ ...search, window: target, open: undefined })}
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
