import { count, join } from './phrases';

/** What the archive of number ones says. */
export const archive = {
  title: 'Number ones',
  documentTitle: (region: string) => join(['Number ones', region, 'Top Songs']),
  intro: 'The most played song of each day. A day of the charts is one in UTC.',
  month: 'Month',
  earlier: 'Earlier month',
  later: 'Later month',
  calendar: (month: string, where: string) => `Number ones ${where}, ${month}`,
  noChart: 'no chart',
  hoursOf: (day: string) => `Hour by hour: ${day}`,
  seeHours: (day: string) => `Hours of ${day}`,
  leaders: 'Most days at number 1',
  days: (days: number) => count(days, 'day', 'days'),
  empty: 'No chart in this month.',
  loading: 'Loading the number ones',
  failed: 'The number ones could not be loaded',
} as const;
