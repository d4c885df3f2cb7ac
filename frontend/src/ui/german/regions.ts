import { count } from './phrases';

const WORLD = 'Weltweit';

/** Names with an article, by its form after “in”. */
const articles: [form: string, names: RegExp][] = [
  ['in den', /^(Vereinigten? Staaten|Niederlanden?|Philippinen|Bahamas|Vereinigten? Arabischen?|Malediven)/],
  ['in der', /^(Schweiz|Türkei|Slowakei|Ukraine|Mongolei|Dominikanische Republik|Demokratische Republik)/],
  ['im', /^(Vereinigtes Königreich|Iran|Irak|Libanon|Jemen|Sudan|Tschad|Niger$|Kosovo|Vatikan)/],
];

const dative = (region: string) =>
  region
    .replace(/^Vereinigte /, 'Vereinigten ')
    .replace(/^Vereinigtes Königreich/, 'Vereinigten Königreich')
    .replace('Arabische Emirate', 'Arabischen Emiraten')
    .replace(/^Niederlande$/, 'Niederlanden')
    .replace(/ische Republik/, 'ischen Republik');

/** Where something is: “in Frankreich”, “in der Schweiz”, “weltweit”. */
export function inRegion(region: string) {
  if (region === WORLD) return 'weltweit';
  const form = articles.find(([, names]) => names.test(region))?.[0] ?? 'in';
  return `${form} ${dative(region)}`;
}

export const regions = {
  world: WORLD,
  choose: 'Region wählen',
  search: 'Regionen suchen',
  none: (text: string) => `Keine Region mit Charts passt zu „${text}“.`,
  failed: 'Die Liste der Regionen konnte nicht geladen werden.',
  found: (number: number) => count(number, 'Region', 'Regionen'),
};
