/** What the page of rules says; each section can be linked to by its name. */
export const rules = {
  title: 'How plays are counted',
  intro:
    'Every number of every chart follows from these rules. Press a number, or “Why?”, to see them applied.',
  contents: 'Rules',
  sections: [
    [
      'plays',
      'A play',
      'One listener played one song once. Spellings that differ only in case, width or spaces are the same song.',
    ],
    [
      'copies',
      'Sent twice',
      'Clients send a play again when they are not sure that it arrived. A second one with the same identity, listener and time is a duplicate: it is set aside, at any age, and never counts.',
    ],
    [
      'length',
      'Too short',
      'A play counts when it was heard for at least 30 seconds. When the client does not say for how long, it counts.',
    ],
    [
      'limit',
      'Limit per listener',
      'Of one listener’s plays of one song in one hour and region, at most 10 count. One fan on repeat cannot lift a song alone. The number is the same in whichever order the plays arrive.',
    ],
    [
      'late',
      'Late plays',
      'A play that reaches us more than 10 minutes after its hour ended is late. It counts all the same, in the hour in which it was played.',
    ],
    [
      'sums',
      'Hours, days, worldwide',
      'Hours are counted; a day is the sum of its hours, and worldwide the sum of all regions. Listeners do not add up, so they are counted for each chart.',
    ],
    [
      'order',
      'Order',
      'More plays come first; of equal plays, more listeners; of equal listeners, the song whose last play came earlier. No two songs share a place.',
    ],
    [
      'few',
      'Few listeners',
      'A song that few people played in an hour or day is not shown there, worldwide or in a region, so that no chart tells what one person heard. Its plays are left out of the totals, too. The chart says from how many listeners on it shows a song.',
    ],
    [
      'movement',
      'Movement, best rank and run',
      'Movement compares with the hour or day just before. “New” was never on this chart, “back” was, but not just before. Best is the best rank so far; a run ends with the first hour or day without the song.',
    ],
    [
      'final',
      'Still counting, final, corrected',
      'A chart is final once everything up to 10 minutes after its end is counted and it has been quiet for 10 minutes. Plays that reach it later correct it: the chart gets a new version, and the earlier one can still be read.',
    ],
    [
      'fresh',
      'Counted up to',
      'Every play that was accepted before this time is in the chart. A chart is “behind” when that was more than a minute ago and the hour or day is not over.',
    ],
  ],
} as const;
