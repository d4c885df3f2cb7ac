import { formatCount } from '../numbers';

/** What the sums of a day say. */
export const reconciliation = {
  title: 'Gehen die Zahlen auf?',
  intro:
    'Nichts Empfangenes geht verloren, ein Tag ist die Summe seiner Stunden, weltweit die Summe der Regionen. Beide Zahlen jeder Summe:',
  loading: 'Die Summen des Tages werden geladen',
  failed: 'Die Summen konnten nicht geladen werden.',
  none: 'Noch kein Tag ist gezählt.',
  receivedWhen: 'Was an diesem Tag ankam, wann auch immer es gespielt wurde',
  received: 'Empfangen',
  plays: 'Gespielt',
  duplicates: 'Doppelt gesendet',
  malformed: 'Unlesbar',
  counter: 'Welche Zahl summiert wird',
  counters: {
    plays: 'Gezählt',
    raw_plays: 'Verschieden',
    too_short: 'Zu kurz',
    over_cap: 'Mehr als 10 in einer Stunde',
    duplicates: 'Doppelt gesendet',
    late: 'Verspätet',
  },
  caption: (counter: string) => `Summen des Tages: ${counter}`,
  sum: 'Summe',
  whole: 'Ganzes',
  parts: 'Summe der Teile',
  result: 'Ergebnis',
  rule: { hours_sum_to_day: 'Stunden = Tag', regions_sum_to_global: 'Regionen = weltweit' },
  withheld: 'nicht gezeigt',
  all: (lines: number) => `Alle ${formatCount(lines)} Summen zeigen`,
};
