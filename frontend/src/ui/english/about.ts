/** What the page about the site says. */
export const about = {
  title: 'About Top Songs',
  intro: 'Top songs by region, hour and day, seconds after they are played.',
  sections: [
    [
      'sources',
      'Where the numbers come from',
      'Every number is counted from plays that music apps, scrobblers and importers send to this site. Nothing is estimated, weighted or bought. Who listened is never published.',
    ],
    [
      'sure',
      'How sure they are',
      'An hour is counted while it runs and counted again from the stored plays once it has ended. Both counts must agree. A chart that changes later says so, and each earlier version can still be read.',
    ],
    [
      'cite',
      'How to cite a chart',
      'Use Share, then “Copy link to this hour” or “Copy link to this day”: that link shows the same chart for ever. Name Top Songs, the region and the time in UTC.',
    ],
    [
      'licence',
      'Licence',
      'The software is under the Apache License 2.0. How the numbers of this site may be used is for those to say who run it.',
    ],
  ],
} as const;
