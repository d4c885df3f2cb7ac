import type { Texts } from '../texts';
import { announced, charts, story } from './charts';
import { freshness, share } from './freshness';
import { regions } from './regions';
import { states } from './states';
import { windows } from './windows';

/** What the first page to load may say, in German. */
export const texts: Texts = {
  app: {
    name: 'Top Songs',
    navigation: 'Seiten',
    charts: 'Charts',
    compare: 'Vergleich',
    world: 'Welt',
    search: 'Songs und Interpreten suchen',
    archive: 'Alle Nummer-1-Songs',
    worldTitle: 'Platz 1 rund um die Welt',
    about: 'Über uns',
    moreCharts: 'Weitere Charts',
    behind: 'Hinter den Charts',
    rules: 'So wird gezählt',
    upToDate: 'Ist alles aktuell?',
    developers: 'Für Entwickler',
    footer: 'Über diese Seite',
    language: 'Sprache',
    skip: 'Zum Inhalt',
    notFound: 'Diese Seite gibt es nicht',
    close: 'Schließen',
    toCharts: 'Zu den Charts',
  },
  theme: {
    system: 'Farben: wie das System. Zu hell wechseln',
    light: 'Farben: hell. Zu dunkel wechseln',
    dark: 'Farben: dunkel. Zu denen des Systems wechseln',
  },
  announced,
  charts,
  freshness,
  regions,
  share,
  states,
  story,
  windows,
};
