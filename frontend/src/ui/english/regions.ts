import { count } from './phrases';

/** Names that English puts an article before: “in the Netherlands”. */
const withArticle =
  /^(United |Netherlands|Philippines|Bahamas|Gambia|Maldives|Isle of|Vatican|Comoros|Seychelles|Congo)|Islands?$|Republic$|Territor/;

const WORLD = 'Global';

/** A region's name inside a sentence. */
export const inSentence = (region: string) => (withArticle.test(region) ? `the ${region}` : region);

/** Where something is: “in France”, “worldwide”. */
export const inRegion = (region: string) => (region === WORLD ? 'worldwide' : `in ${inSentence(region)}`);

export const regions = {
  world: WORLD,
  choose: 'Choose a region',
  search: 'Search regions',
  none: (text: string) => `No region with charts matches “${text}”.`,
  failed: 'The list of regions could not be loaded.',
  found: (number: number) => count(number, 'region', 'regions'),
} as const;
