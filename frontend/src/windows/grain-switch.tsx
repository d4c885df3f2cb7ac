import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { english } from '../ui/english';
import type { WindowView } from './parse-window';
import { windowAt } from './window-names';

const grains: Grain[] = ['hour', 'day'];

/** Hour or day on the same page; a chosen window leads to the day it is in, or to the day's first hour. */
export function GrainSwitch({ view }: { view: WindowView }) {
  return (
    <nav aria-label={english.charts.grain} className="flex rounded-xl border border-line bg-surface p-1">
      {grains.map((grain) => (
        <Link
          key={grain}
          to="."
          search={(search) => ({
            ...search,
            grain,
            window: view.window && windowAt(view.window, grain),
            open: undefined,
          })}
          // Both lead to the page that is shown; only with the search does one of them stand for it.
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={grain === view.grain ? 'true' : undefined}
          className="grid min-h-11 min-w-16 place-items-center rounded-lg px-4 text-sm font-semibold text-quiet hover:text-ink aria-[current]:bg-accent aria-[current]:text-on-accent"
        >
          {english.charts[grain]}
        </Link>
      ))}
    </nav>
  );
}
