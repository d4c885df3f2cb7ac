import { formatCount } from '../numbers';
import { count, join } from './phrases';
import { inRegion } from './regions';

type Grain = 'hour' | 'day';

/** What the charts page says. */
export const charts = {
  titleBefore: () => 'Top-Songs',
  place: inRegion,
  inRegion,
  documentTitle: (leader: string | undefined, region: string) =>
    join([leader !== undefined && `1. ${leader}`, region, 'Top Songs']),
  caption: (where: string, window: string) => `Top-Songs ${where}, ${window}`,
  views: 'Welche Charts',
  now: 'Jetzt',
  today: 'Heute',
  yesterday: 'Gestern',
  grain: 'Stunden oder Tage',
  hour: 'Stunde',
  day: 'Tag',
  previous: { hour: 'Vorige Stunde', day: 'Voriger Tag' },
  next: { hour: 'Nächste Stunde', day: 'Nächster Tag' },
  young: (hour: string) => `${hour} hat gerade erst begonnen, daher die letzte volle Stunde.`,
  quiet: {
    hour: 'In der neuesten Stunde wurde wenig gespielt, daher die Stunde davor.',
    day: 'In den neuesten Stunden wurde wenig gespielt, daher der Tag.',
  },
  seeYoung: 'Zur laufenden Stunde',
  edition: (number: number) => `Dies ist Fassung ${number} dieser Charts. Sie wurden seitdem korrigiert.`,
  seeCurrent: 'Zur aktuellen Fassung',
  rank: '#',
  rankWord: 'Platz',
  move: 'Trend',
  movement: 'Bewegung',
  song: 'Song',
  plays: 'Gespielt',
  listeners: 'Hörer',
  best: 'Beste',
  path: 'Verlauf',
  run: 'In Folge',
  bestRank: (rank: number) => `#${formatCount(rank)}`,
  runHours: (hours: number) => `${formatCount(hours)} Std.`,
  runDays: (days: number) => `${formatCount(days)} T.`,
  new: 'Neu',
  newWords: 'neu in diesen Charts',
  back: 'zurück',
  backWords: 'zurück in diesen Charts',
  upWords: (places: number | undefined) => (places === undefined ? 'aufgestiegen' : `${places} aufgestiegen`),
  downWords: (places: number | undefined) => (places === undefined ? 'gefallen' : `${places} gefallen`),
  sameWords: 'unverändert',
  skipSongs: 'Liste der Songs überspringen',
  showAll: (songs: number) => `Alle ${formatCount(songs)} zeigen`,
  showTop: (songs: number) => `Die ersten ${songs} zeigen`,
  why: 'Warum?',
  whyOf: (plays: string, title: string) => `${plays}. Warum diese Zahl für ${title}?`,
  olderWindows: 'Ältere',
  windowsFailed: 'Die Liste konnte nicht geladen werden.',
  noWindows: 'Hier wurde noch nichts gezählt.',
  windowPlays: (plays: number) => `${formatCount(plays)}-mal gespielt`,
  plainPlays: (plays: number, isOpen: boolean) =>
    `${isOpen ? 'bisher ' : ''}${formatCount(plays)}-mal gespielt`,
  totals: (plays: number, songs: number) =>
    `${count(songs, 'Song', 'Songs')}, ${formatCount(plays)}-mal gespielt`,
  withheld: (listeners: number) =>
    `Songs mit weniger als ${count(listeners, 'Person', 'Personen')} werden zu deren Schutz nicht gezeigt.`,
  loading: 'Die Charts werden geladen',
};

/** What is said aloud when a chart appears or changes. */
export const announced = {
  chart: (window: string, title: string, artist: string) => `${window}. Platz 1: ${title} von ${artist}.`,
  none: (window: string) => `${window}. Nichts gespielt.`,
  moved: (rank: number, title: string) => `Auf Platz ${rank} steht jetzt ${title}.`,
};

const span = (windows: number, grain: Grain) =>
  grain === 'hour' ? count(windows, 'Stunde', 'Stunden') : count(windows, 'Tag', 'Tagen');

/** What stands about number one and about what changed. */
export const story = {
  numberOne: (where: string) => `Platz 1 ${where}`,
  played: (plays: string, listeners: string, when: string) => `${when} ${plays}, von ${listeners}`,
  plays: (plays: number) => `${formatCount(plays)}-mal gespielt`,
  listeners: (listeners: number) => count(listeners, 'Person', 'Personen'),
  when: {
    hour: { open: 'In dieser Stunde bisher', closed: 'In dieser Stunde' },
    day: { open: 'Heute bisher', closed: 'An diesem Tag' },
  },
  ahead: (plays: number) => `${formatCount(plays)} vor Platz 2`,
  level: 'so oft wie Platz 2, aber von mehr Personen oder früher',
  alone: 'als einziger Song',
  topFor: (windows: number, grain: Grain) => `Platz 1 seit ${span(windows, grain)}.`,
  topForMore: (windows: number, grain: Grain) => `Platz 1 seit mehr als ${span(windows, grain)}.`,
  same: { hour: 'Schon in der Stunde davor auf Platz 1.', day: 'Schon am Tag davor auf Platz 1.' },
  up: (rank: number) => `Aufgestiegen von Platz ${rank}.`,
  new: 'Neu in diesen Charts.',
  back: 'Zurück in diesen Charts.',
  changes: 'Was sich geändert hat',
  climber: (rank: number) => `größter Aufstieg, jetzt Platz ${rank}`,
  entry: (rank: number) => `höchster Neueinstieg, Platz ${rank}`,
  longest: (rank: number) => `längste Serie, jetzt Platz ${rank}`,
};
