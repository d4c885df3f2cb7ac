import { all, join } from './phrases';
import { formatCount } from '../numbers';
import { inRegion } from './regions';

/** What the compare page says. */
export const compare = {
  title: 'Vergleich',
  documentTitle: (regions: string[]) => join([regions.join(', '), 'Vergleich', 'Top Songs']),
  intro: 'Die ersten zehn jeder Region nebeneinander, oder einer Region im Lauf der Zeit.',
  ways: 'Was verglichen wird',
  byRegion: 'Regionen',
  byWindow: 'Im Lauf der Zeit',
  compared: 'Verglichene Regionen',
  sortBy: (column: string) => `Nach ${column} sortieren`,
  csv: 'Diese Tabelle als CSV herunterladen',
  csvRank: (column: string) => `${column}: Platz`,
  csvBefore: (column: string) => `${column}: Platz davor`,
  plays: (plays: number) => `${formatCount(plays)}-mal gespielt`,
  add: 'Region hinzufügen',
  remove: (region: string) => `${region} entfernen`,
  columns: 'nebeneinander',
  caption: (where: string, window: string) => `Die ersten zehn ${where}, ${window}`,
  song: 'Song',
  empty: (where: string) => `In dieser Zeit ${where} nichts gespielt.`,
  notComputed: 'Noch nicht gezählt.',
  unknownRegion: (region: string) => `Es gibt keine Region „${region}“.`,
  failed: 'Diese Charts konnten nicht geladen werden. Wir versuchen es weiter.',
  offline: 'Keine Verbindung. Diese Charts werden geladen, sobald sie wieder da ist.',
  failedAll: 'Die Charts konnten nicht geladen werden',
  oneMore: 'Eine zweite Region zum Vergleichen hinzufügen.',
  loading: 'Die Charts werden geladen',
  legend: 'Jede Zelle: der Platz und wie er sich seit der Zeit davor bewegt hat. Mehr Farbe: weiter oben.',
  over: { hour: 'Platz in den letzten 24 Stunden', day: 'Platz in den letzten 4 Wochen' },
  overIntro: {
    hour: 'Ein Song in jeder Region, bis zur Stunde oben. Eine Lücke: dann nicht unter den ersten 100.',
    day: 'Ein Song in jeder Region, bis zum Tag oben. Eine Lücke: dann nicht unter den ersten 100.',
  },
  overSong: 'Song',
  overLinked: 'Der Song aus dem Link',
  overNone:
    'Kein Song steht in mehr als einer dieser Charts. Mit anderen Regionen zeigt sich, wie sie einen teilen.',
  overLoading: 'Die Plätze werden geladen',
  overFailed: (regions: string[]) => `Die Plätze von ${all(regions)} konnten nicht geladen werden.`,
  overSummary: (title: string, from: string, to: string, now: string[]) =>
    `Eine Linie der Plätze von ${title} für jede Region von ${from} bis ${to}, Platz 1 oben. Zuletzt: ${all(now)}.`,
  place: (region: string, rank: number | null) =>
    rank === null ? `nicht unter den ersten 100 ${inRegion(region)}` : `Platz ${rank} ${inRegion(region)}`,
  unplaced: 'nicht unter den ersten 100',
  window: { hour: 'Stunde', day: 'Tag (UTC)' },
  showTable: 'Als Tabelle zeigen',
  hideTable: 'Tabelle ausblenden',
  tableCaption: (title: string) => `${title}: Platz in jeder Region, Neuestes zuerst`,
};
