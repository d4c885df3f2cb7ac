import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { Chevron } from '../ui/chevron';
import { texts } from '../ui/texts';
import { Popover } from '../ui/popover';
import { useNow } from '../ui/use-now';
import { WindowList } from './window-list';
import { dayHere, hourInUtc, hourTitle, shortDay, windowBeside } from './window-names';

interface WindowStepperProps {
  /** Whose windows can be chosen. */
  region: string;
  grain: Grain;
  /** Start of the window on the screen; undefined while that is asked for, null when there is none. */
  start: string | null | undefined;
}

/** Which window is shown, one step back, one step on, and all that there are. */
export function WindowStepper({ region, grain, start }: WindowStepperProps) {
  return (
    <div className="flex min-w-0 items-center">
      <Step grain={grain} start={start} steps={-1} sign="‹" label={texts.charts.previous[grain]} />
      <div className="min-h-11 min-w-0 sm:min-w-40">
        {start === undefined && <span className="skeleton mx-auto mt-3 block h-4 w-32" />}
        {start && (
          <Popover
            kind="true"
            align="center"
            className="flex min-h-11 w-full items-center justify-center gap-2 rounded-lg text-left text-sm leading-tight tabular-nums hover:bg-hover"
            label={
              <>
                <WindowLabel start={start} grain={grain} />
                <Chevron className="w-3" />
                <span className="sr-only">{texts.windows.choose}</span>
              </>
            }
          >
            {(close) => <WindowList region={region} grain={grain} shown={start} onChoose={close} />}
          </Popover>
        )}
      </div>
      <Step grain={grain} start={start} steps={1} sign="›" label={texts.charts.next[grain]} />
    </div>
  );
}

/** The viewer's clock in bold; beside it the day, below it what that is in UTC. */
function WindowLabel({ start, grain }: { start: string; grain: Grain }) {
  const day = shortDay(start, grain, useNow(60_000));
  const below = grain === 'day' ? dayHere(start) : (hourInUtc(start) ?? undefined);
  return (
    <time dateTime={start}>
      <span className="block">
        {grain === 'hour' && <span className="mr-1.5 font-semibold">{hourTitle(start)}</span>}
        <span className={grain === 'hour' ? 'text-quiet max-sm:hidden' : 'font-semibold'}>{day}</span>
      </span>
      <span className="block text-xs text-quiet">
        {grain === 'hour' && <span className="mr-1.5 sm:hidden">{day}</span>}
        {below && <span className={grain === 'hour' ? 'max-sm:sr-only' : ''}>{below}</span>}
      </span>
    </time>
  );
}

interface StepProps {
  grain: Grain;
  start: string | null | undefined;
  steps: 1 | -1;
  sign: string;
  label: string;
}

function Step({ grain, start, steps, sign, label }: StepProps) {
  const now = useNow(10_000);
  const target = start && windowBeside(start, grain, steps);
  const reachable = target && Date.parse(target) <= now;
  const look =
    'grid h-11 w-8 shrink-0 place-items-center sm:w-11 rounded-lg text-xl text-quiet hover:text-ink';
  return reachable ? (
    <Link
      to="."
      search={(search) => ({ ...search, grain, window: target, revision: undefined, open: undefined })}
      activeProps={{}}
      className={look}
      aria-label={label}
      title={label}
    >
      <span aria-hidden>{sign}</span>
    </Link>
  ) : (
    // eslint-disable-next-line jsx-a11y/anchor-is-valid -- a link without an address is how HTML says "not now"
    <a role="link" aria-disabled="true" className={`${look} opacity-40`} aria-label={label}>
      <span aria-hidden>{sign}</span>
    </a>
  );
}
