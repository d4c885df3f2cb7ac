import { count, join } from './phrases';

/** What the archive of number ones says. */
export const archive = {
  title: 'Nummer-1-Songs',
  documentTitle: (region: string) => join(['Nummer-1-Songs', region, 'Top Songs']),
  intro: 'Der meistgespielte Song jedes Tages. Ein Tag der Charts ist einer in UTC.',
  month: 'Monat',
  earlier: 'Früherer Monat',
  later: 'Späterer Monat',
  calendar: (month: string, where: string) => `Nummer-1-Songs ${where}, ${month}`,
  noChart: 'keine Charts',
  hoursOf: (day: string) => `Stunde für Stunde: ${day}`,
  seeHours: (day: string) => `Stunden von ${day}`,
  leaders: 'Die meisten Tage auf Platz 1',
  days: (days: number) => count(days, 'Tag', 'Tage'),
  empty: 'Keine Charts in diesem Monat.',
  loading: 'Die Nummer-1-Songs werden geladen',
  failed: 'Die Nummer-1-Songs konnten nicht geladen werden',
};
