import { Link, Outlet } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { joinRegions } from '../compare/compare-search';
import { GLOBAL } from '../regions/parse-region';
import { english } from '../ui/english';
import { Logo } from './logo';
import { ThemeSwitch } from './theme-switch';
import { useChartUpdates } from './use-chart-updates';

const words = english.app;
const item =
  'inline-flex min-h-11 items-center rounded-lg px-1 text-sm font-semibold text-quiet hover:text-ink sm:px-3 aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8';

/** From a region's chart, that region beside the worldwide chart of the same window. */
const compareHere = ({ region, grain, window }: { region?: string; grain?: Grain; window?: string }) => ({
  regions: region && joinRegions([region, GLOBAL]),
  grain,
  window,
});

/** The frame of every page: name, pages, theme. */
export function AppShell() {
  useChartUpdates();
  return (
    <div className="mx-auto max-w-6xl px-4 pb-16 sm:px-6">
      <a href="#page" className="control absolute top-2 left-2 z-40 -translate-y-20 focus:translate-y-0">
        {words.skip}
      </a>
      <header className="screen-only flex flex-wrap items-center gap-x-1 py-3 sm:gap-x-3">
        <Link
          to="/"
          activeProps={{}}
          className="mr-auto inline-flex min-h-11 min-w-11 items-center gap-2.5 text-lg font-bold tracking-tight sm:mr-6"
        >
          <Logo />
          <span className="max-[22rem]:sr-only">{words.name}</span>
        </Link>
        <nav
          aria-label={words.navigation}
          className="-mx-1 flex w-[calc(100%+0.5rem)] items-center justify-between max-sm:order-last sm:mx-0 sm:w-auto sm:grow sm:justify-start"
        >
          <Link to="/" activeOptions={{ includeSearch: false }} className={item}>
            {words.charts}
          </Link>
          <Link to="/compare" search={compareHere} activeOptions={{ includeSearch: false }} className={item}>
            {words.compare}
          </Link>
          <Link to="/pipeline" className={item}>
            {words.pipeline}
          </Link>
          <Link to="/rules" className={item}>
            {words.rules}
          </Link>
          <a href="/docs" className={`${item} sm:ml-auto`}>
            {words.apiDocs}
          </a>
        </nav>
        <ThemeSwitch />
      </header>
      <main id="page" tabIndex={-1} className="pt-4 focus-visible:outline-none sm:pt-8">
        <Outlet />
      </main>
    </div>
  );
}
