/** What stands where data would, and what to do about it. */
export const states = {
  empty: (where: string, window: string) => `Nichts gespielt ${where}: ${window}`,
  nothingShown: (where: string, window: string) => `Keine Charts ${where}: ${window}`,
  emptyDetail: {
    hour: 'In dieser Stunde hat hier niemand etwas gespielt.',
    day: 'An diesem Tag hat hier niemand etwas gespielt.',
  },
  nearest: (window: string) => `Zu ${window}`,
  newest: 'Zu den neuesten Charts',
  noChartsTitle: 'Noch keine Charts',
  noCharts: 'Hier gibt es noch keine Charts. Sie erscheinen, sobald etwas gespielt wurde.',
  notComputed: { hour: 'Diese Stunde wird noch gezählt', day: 'Dieser Tag wird noch gezählt' },
  notComputedDetail: 'Die ersten Zahlen kommen in etwa 20 Sekunden und erscheinen hier.',
  notBegun: { hour: 'Diese Stunde hat noch nicht begonnen', day: 'Dieser Tag hat noch nicht begonnen' },
  notBegunDetail: 'Die Charts erscheinen hier, kurz nachdem zum ersten Mal etwas gespielt wurde.',
  unknownRegion: (region: string) => `Es gibt keine Region „${region}“`,
  unknownRegionDetail: 'Regionen sind zwei Buchstaben wie DE oder BR, oder global.',
  toGlobal: 'Zu den weltweiten Charts',
  failed: 'Die Charts konnten nicht geladen werden',
  // What the api says is English, and left out.
  failedDetail: () => 'Der Server meldet einen Fehler. Die anderen Seiten gehen vielleicht noch.',
  unreachable: 'Top Songs ist nicht erreichbar',
  unreachableDetail: 'Die Verbindung ist fehlgeschlagen. Wir versuchen es weiter.',
  offline: 'Keine Verbindung',
  offlineDetail: 'Dies wird geladen, sobald die Verbindung wieder da ist.',
  lastGood: 'Zurzeit kommen keine Updates an. Dies wurde zuletzt geladen; wir versuchen es weiter.',
  offlineKept: (ago: string) =>
    `Keine Verbindung. Dies wurde ${ago} geladen; es geht weiter, sobald die Verbindung wieder da ist.`,
  offlineLastGood:
    'Keine Verbindung. Dies wurde zuletzt geladen; es geht weiter, sobald die Verbindung wieder da ist.',
  stale: (age: string) =>
    `Die Datenbank der Charts antwortet nicht. Diese Zahlen sind ${age} alt; wir versuchen es weiter.`,
  broken: 'Dieser Teil der Seite ist fehlgeschlagen',
  brokenDetail: 'Meist hilft es, die Seite neu zu laden.',
  reload: 'Seite neu laden',
  retry: 'Noch einmal versuchen',
};
