import { charts, freshness } from './charts';
import { count } from './phrases';
import { states } from './states';

/** What the first page to load may say; what only later pages say lies beside it. */
export const english = {
  app: {
    name: 'Top Songs',
    navigation: 'Pages',
    charts: 'Charts',
    compare: 'Compare',
    rules: 'Rules',
    pipeline: 'Pipeline',
    apiDocs: 'API',
    skip: 'Skip to the page',
    notFound: 'There is no such page',
    close: 'Close',
    toCharts: 'Go to the charts',
  },
  theme: {
    toDark: 'Use the dark theme',
    toLight: 'Use the light theme',
  },
  regions: {
    choose: 'Choose a region',
    search: 'Search regions',
    none: (text: string) => `No region with charts matches “${text}”.`,
    failed: 'The list of regions could not be loaded.',
    found: (number: number) => count(number, 'region', 'regions'),
  },
  charts,
  freshness,
  states,
} as const;
