import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { joinRegions } from '../compare/compare-search';
import { homeRegion, noteShown } from '../regions/home-region';
import { GLOBAL } from '../regions/parse-region';
import { texts } from '../ui/texts';
import { Footer } from './footer';
import { Logo } from './logo';
import { SearchLink } from './search-link';
import { ThemeSwitch } from './theme-switch';
import { useChartUpdates } from './use-chart-updates';
import { usePageAnnouncement } from './use-page-announcement';

const words = texts.app;
const item =
  'inline-flex min-h-11 items-center rounded-lg px-1.5 text-sm font-semibold whitespace-nowrap text-quiet hover:text-ink max-[22rem]:px-1 max-[22rem]:text-xs sm:px-3 aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8';

/** The frame of every page: name, pages, theme. Its links keep the region that is shown. */
export function AppShell() {
  useChartUpdates();
  const announcement = usePageAnnouncement();
  const search = useSearch({ strict: false });
  const region = search.region ?? homeRegion();
  useEffect(() => {
    if (search.region !== undefined) noteShown(search.region);
  }, [search.region]);
  const compared = {
    regions: region === GLOBAL ? undefined : joinRegions([region, GLOBAL]),
    grain: search.grain,
    window: search.window,
  };
  return (
    <div className="page mx-auto max-w-6xl px-4 sm:px-6">
      <a href="#page" className="control absolute top-2 left-2 z-40 -translate-y-20 focus:translate-y-0">
        {words.skip}
      </a>
      <header className="screen-only flex items-center gap-x-1 py-1 sm:gap-x-3 sm:py-2">
        <Link
          to="/"
          search={{ region }}
          activeProps={{}}
          className="mr-auto inline-flex min-h-11 min-w-11 shrink-0 items-center gap-2 text-lg font-bold tracking-tight max-[22rem]:min-w-8 sm:mr-4"
        >
          <Logo />
          <span className="max-[26rem]:sr-only">{words.name}</span>
        </Link>
        <nav aria-label={words.navigation} className="flex items-center sm:grow">
          <Link to="/" search={{ region }} activeOptions={{ includeSearch: false }} className={item}>
            {words.charts}
          </Link>
          <Link to="/compare" search={compared} activeOptions={{ includeSearch: false }} className={item}>
            {words.compare}
          </Link>
          <Link
            to="/world"
            search={{ grain: search.grain, window: search.window }}
            activeOptions={{ includeSearch: false }}
            className={item}
          >
            {words.world}
          </Link>
        </nav>
        <SearchLink />
        <ThemeSwitch />
      </header>
      <main id="page" tabIndex={-1} className="pt-1 focus-visible:outline-none sm:pt-3">
        <Outlet />
      </main>
      <Footer />
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}
