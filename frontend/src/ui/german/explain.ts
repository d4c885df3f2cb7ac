import { formatCount } from '../numbers';
import { count, either } from './phrases';

/** What the drawer of a song's number says. */
export const explain = {
  title: 'Warum diese Zahl?',
  loading: 'Die Herkunft der Zahl wird geladen',
  failed: 'Die Erklärung konnte nicht geladen werden',
  notComputed: 'Das ist noch nicht gezählt, es gibt also nichts zu erklären.',
  notPlayed: {
    hour: 'In dieser Stunde hat hier niemand diesen Song gespielt.',
    day: 'An diesem Tag hat hier niemand diesen Song gespielt.',
  },
  sentence: (plays: number, where: string, when: string) =>
    `Dieser Song zählt ${formatCount(plays)}-mal ${where}, ${when}.`,
  whyRank: (rank: number) => `Warum Platz ${rank}`,
  whyUnranked: 'Warum nicht unter den ersten 100',
  notCharted: 'Diese Zahlen sind Sekunden neuer als die Charts, die sie gleich zeigen.',
  alone: 'Es ist der einzige Song, der gespielt wurde.',
  ahead: (plays: number, rank: number) =>
    plays === 0
      ? `So oft gespielt wie Platz ${rank}, nach den Regeln bei Gleichstand davor.`
      : `${formatCount(plays)} vor Platz ${rank}.`,
  behind: (plays: number, rank: number) =>
    plays === 0
      ? `So oft gespielt wie Platz ${rank}, nach den Regeln bei Gleichstand dahinter.`
      : `${formatCount(plays)} hinter Platz ${rank}.`,
  listeners: (listeners: number) => `Gehört von ${count(listeners, 'Person', 'Personen')}.`,
  path: { hour: 'Die letzten Stunden', day: 'Die letzten Tage' },
  pathRank: (rank: number) => `#${formatCount(rank)}`,
  pathNone: 'nicht unter den ersten 100',
  strongest: { regions: 'Am meisten gespielt in', hours: 'Am meisten gespielt von' },
  howCounted: (plays: number) => `Wie ${formatCount(plays)} gezählt wurde`,
  steps: 'Vom Empfangenen zum Gezählten',
  step: {
    received: 'Empfangen',
    duplicates: 'Doppelt gesendet',
    too_short: 'Zu kurz',
    over_cap: 'Mehr als 10 in einer Stunde',
    plays: 'Gezählt',
  },
  rule: {
    received: () => 'Alles, was von diesem Song bei uns ankam.',
    duplicates: () =>
      'Was noch einmal gesendet wurde, wird aussortiert, damit ein neuer Versuch nie doppelt zählt.',
    too_short: (seconds: number) => `Kürzer als ${seconds} Sekunden gehört.`,
    over_cap: (limit: number) =>
      `Mehr als ${limit}-mal von einer Person in einer Stunde: Der Rest zählt nicht.`,
    plays: () => 'Was die Charts zeigen.',
  },
  zero: (steps: string[]) => `Nichts wurde abgezogen als: ${either(steps)}.`,
  learn: { received: 'plays', duplicates: 'copies', too_short: 'length', over_cap: 'limit', plays: 'order' },
  ruleOf: (step: string) => `Die Regel: ${step}`,
  ruleLink: 'Regel',
  late: (late: number) =>
    late === 1
      ? '1 davon kam verspätet, mehr als 10 Minuten nach seiner Stunde; es zählt trotzdem.'
      : `${formatCount(late)} davon kamen verspätet, mehr als 10 Minuten nach ihrer Stunde; sie zählen trotzdem.`,
  byHour: 'Stunde für Stunde',
  byRegion: 'Region für Region',
  hour: 'Stunde',
  region: 'Region',
  plays: 'Gespielt',
  openSong: 'Song öffnen',
};

/** What the drawer of a chart's versions says. */
export const revisions = {
  title: 'Was korrigiert wurde',
  intro:
    'Endgültige Charts ändern sich nur, wenn später etwas dazukommt oder weggenommen wird. Die früheren Fassungen bleiben lesbar.',
  loading: 'Die Fassungen werden geladen',
  failed: 'Die Fassungen konnten nicht geladen werden',
  name: (revision: number) => `Fassung ${revision}`,
  current: 'wird gezeigt',
  see: 'Diese Fassung zeigen',
  first: 'Die Charts, wie sie zuerst endgültig wurden.',
  opened: (time: string) => `Seit ${time}`,
  changed: (time: string) => `Letzte Änderung ${time}`,
  unsettled:
    'Noch offen: Weitere Änderungen gehören zu dieser Fassung, bis 10 Minuten lang keine mehr kommt.',
  cause: {
    late_plays: 'Nach dem Abschluss kam Verspätetes dazu.',
    rebuild: 'Dasselbe wurde noch einmal gezählt, mit anderem Ergebnis.',
    withdrawn: 'Was ein Programm gesendet hatte, wurde zurückgezogen oder zurückgeholt.',
    redrive: 'Zuvor Abgelehntes wurde nach einer Reparatur angenommen.',
  },
  totals: (plays: number, songs: number, late: number | null) =>
    `${count(songs, 'Song', 'Songs')}, ${formatCount(plays)}-mal gespielt${late === null ? '' : `, ${formatCount(late)} verspätet`}`,
  movedCaption: (revision: number) => `Songs, die Fassung ${revision} geändert hat`,
  song: 'Song',
  before: 'Vorher',
  after: 'Nachher',
  place: (rank: number, plays: number) => `${rank} · ${formatCount(plays)}-mal gespielt`,
  absent: 'nicht in den Charts',
  nothingMoved: 'Kein Song der Charts hat sich geändert, nur die Summen.',
};
