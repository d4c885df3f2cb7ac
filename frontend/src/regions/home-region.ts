import { readStored, store } from '../ui/storage';
import { GLOBAL, parseRegion } from './parse-region';
import { countryOfZone } from './time-zones';

const KEY = 'region';

/** The region that was shown last on this visit: every page of the menu leads back to it. */
let shown: string | undefined;

function countryOfLanguage(languages: readonly string[]) {
  for (const language of languages) {
    const region = language.split('-').find((part, place) => place > 0 && /^[A-Z]{2}$/.test(part));
    if (region !== undefined) return region;
  }
  return undefined;
}

/** Where the viewer probably is, by the time zone, else by the languages that name a country. */
export const guessRegion = (zone: string, languages: readonly string[]) =>
  countryOfZone(zone) ?? countryOfLanguage(languages) ?? GLOBAL;

const storedRegion = () => parseRegion(readStored(KEY));

const guess = () => guessRegion(new Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.languages);

/** Whether a region is only a guess: the viewer has never chosen one. */
export const isGuess = (region: string) => storedRegion() === undefined && region === guess();

/** The region of an address that names none: the one shown last, chosen before, or guessed. */
export const homeRegion = () => shown ?? storedRegion() ?? guess();

/** Remembers, for this visit, which region a page shows. */
export function noteShown(region: string | undefined) {
  shown = region;
}

/** Remembers on this device which region the viewer chose. */
export function chooseHome(region: string) {
  shown = region;
  store(KEY, region);
}
