import {
  createRootRoute,
  createRoute,
  createRouter,
  defaultStringifySearch,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { parseArchiveSearch } from '../archive/archive-search';
import { parseChartSearch } from '../charts/chart-search';
import { ChartsPage } from '../charts/charts-page';
import { parseCompareSearch } from '../compare/compare-search';
import { homeRegion } from '../regions/home-region';
import { parseSearchText } from '../search/search-search';
import { parseSongSearch } from '../songs/song-search';
import { parseWorldSearch } from '../world/world-search';
import { withTexts } from '../ui/texts/language';
import { AppShell } from './app-shell';
import { BrokenPage } from './broken-page';
import { NotFound } from './not-found';

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound });

const charts = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: parseChartSearch,
  search: { middlewares: [({ search, next }) => parseChartSearch({ ...next(search) })] },
  // The address of a chart always names its region, so that a copied one means the same to everybody.
  beforeLoad: ({ search }) => {
    if (search.region === undefined)
      throw redirect({ to: '/', search: { ...search, region: homeRegion() }, replace: true });
  },
  component: ChartsPage,
});
const song = createRoute({
  getParentRoute: () => root,
  path: '/songs/$songId',
  validateSearch: parseSongSearch,
  search: { middlewares: [({ search, next }) => parseSongSearch({ ...next(search) })] },
  component: lazyRouteComponent(() => withTexts(() => import('../songs/song-page')), 'SongPage'),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: parseCompareSearch,
  search: { middlewares: [({ search, next }) => parseCompareSearch({ ...next(search) })] },
  component: lazyRouteComponent(() => withTexts(() => import('../compare/compare-page')), 'ComparePage'),
});

const world = createRoute({
  getParentRoute: () => root,
  path: '/world',
  validateSearch: parseWorldSearch,
  search: { middlewares: [({ search, next }) => parseWorldSearch({ ...next(search) })] },
  component: lazyRouteComponent(() => withTexts(() => import('../world/world-page')), 'WorldPage'),
});

const archive = createRoute({
  getParentRoute: () => root,
  path: '/archive',
  validateSearch: parseArchiveSearch,
  search: { middlewares: [({ search, next }) => parseArchiveSearch({ ...next(search) })] },
  component: lazyRouteComponent(() => withTexts(() => import('../archive/archive-page')), 'ArchivePage'),
});

const find = createRoute({
  getParentRoute: () => root,
  path: '/find',
  validateSearch: parseSearchText,
  search: { middlewares: [({ search, next }) => parseSearchText({ ...next(search) })] },
  component: lazyRouteComponent(() => withTexts(() => import('../search/search-page')), 'SearchPage'),
});

const pipeline = createRoute({
  getParentRoute: () => root,
  path: '/pipeline',
  component: lazyRouteComponent(() => withTexts(() => import('../status/pipeline-page')), 'PipelinePage'),
});

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => withTexts(() => import('../rules/rules-page')), 'RulesPage'),
});

const about = createRoute({
  getParentRoute: () => root,
  path: '/about',
  component: lazyRouteComponent(() => withTexts(() => import('../about/about-page')), 'AboutPage'),
});

const routeTree = root.addChildren([charts, song, compare, world, archive, find, pipeline, rules, about]);

/** Colons and commas need no escape in a query, and links read better with them. */
const stringifySearch = (search: Record<string, unknown>) =>
  defaultStringifySearch(search).replaceAll('%3A', ':').replaceAll('%2C', ',');

export const createDashboardRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    history,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: BrokenPage,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
