import { formatCount } from '../numbers';

/** What the sums of a day say. */
export const reconciliation = {
  title: 'Do the numbers add up?',
  intro:
    'Nothing that was received is lost, a day is the sum of its hours, worldwide is the sum of the regions. Both numbers of each sum:',
  loading: 'Loading the sums of the day',
  failed: 'The sums could not be loaded.',
  none: 'No day has been counted yet.',
  receivedWhen: 'What came in on this day, whenever it was played',
  received: 'Received',
  plays: 'Plays',
  duplicates: 'Sent twice',
  malformed: 'Unreadable',
  counter: 'Number to add up',
  counters: {
    plays: 'Counted plays',
    raw_plays: 'Different plays',
    too_short: 'Too short',
    over_cap: 'More than 10 an hour',
    duplicates: 'Sent twice',
    late: 'Late plays',
  },
  caption: (counter: string) => `Sums of the day, ${counter.toLowerCase()}`,
  sum: 'Sum',
  whole: 'Whole',
  parts: 'Sum of parts',
  result: 'Result',
  withheld: 'not shown',
  rule: { hours_sum_to_day: 'Hours = day', regions_sum_to_global: 'Regions = worldwide' },
  all: (lines: number) => `Show all ${formatCount(lines)} sums`,
} as const;
