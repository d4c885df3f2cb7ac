import {
  createRootRoute,
  createRoute,
  createRouter,
  defaultStringifySearch,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { parseChartSearch } from '../charts/chart-search';
import { ChartsPage } from '../charts/charts-page';
import { AppShell } from './app-shell';
import { BrokenPage } from './broken-page';
import { NotFound } from './not-found';

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound });

const charts = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: parseChartSearch,
  search: { middlewares: [({ search, next }) => parseChartSearch({ ...next(search) })] },
  component: ChartsPage,
});

const pipeline = createRoute({
  getParentRoute: () => root,
  path: '/pipeline',
  component: lazyRouteComponent(() => import('../status/pipeline-page'), 'PipelinePage'),
});

const routeTree = root.addChildren([charts, pipeline]);

/** Colons need no escape in a query, and links to a window read better with them. */
const stringifySearch = (search: Record<string, unknown>) =>
  defaultStringifySearch(search).replaceAll('%3A', ':');

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
