import { locale, perLocale } from '../ui/locale';
import { texts } from '../ui/texts';
import { GLOBAL } from './parse-region';

const names = perLocale((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }));

/** A region's name in the chosen language; the api's own where that is English. */
export function regionName(region: string, english?: string) {
  if (region === GLOBAL) return texts.regions.world;
  if (english !== undefined && locale().startsWith('en')) return english;
  return /^[A-Z]{2}$/.test(region) ? (names().of(region) ?? region) : (english ?? region);
}
