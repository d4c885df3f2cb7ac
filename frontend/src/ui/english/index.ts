import { announced, charts, story } from './charts';
import { freshness, share } from './freshness';
import { regions } from './regions';
import { states } from './states';
import { windows } from './windows';

/** What the first page to load may say; what only later pages say lies beside it. */
export const texts = {
  app: {
    name: 'Top Songs',
    navigation: 'Pages',
    charts: 'Charts',
    compare: 'Compare',
    world: 'World',
    search: 'Search songs and artists',
    archive: 'All number ones',
    worldTitle: 'Number 1 around the world',
    about: 'About',
    moreCharts: 'More charts',
    behind: 'Behind the charts',
    rules: 'How it counts',
    upToDate: 'Is it up to date?',
    developers: 'For developers',
    footer: 'About this site',
    language: 'Language',
    skip: 'Skip to the page',
    notFound: 'There is no such page',
    close: 'Close',
    toCharts: 'Go to the charts',
  },
  theme: {
    system: 'Theme: as the system. Change to light',
    light: 'Theme: light. Change to dark',
    dark: 'Theme: dark. Change to the system’s',
  },
  announced,
  charts,
  freshness,
  regions,
  share,
  states,
  story,
  windows,
} as const;
