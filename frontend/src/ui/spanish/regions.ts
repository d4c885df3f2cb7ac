import { count } from './phrases';

const WORLD = 'Todo el mundo';

/** Names that Spanish puts an article before. */
const articles: [article: string, names: RegExp][] = [
  ['el ', /^Reino Unido/],
  ['los ', /^(Países Bajos|Emiratos)/],
  ['las ', /^(Islas|Bahamas|Maldivas)/],
  ['la ', /^(República|Ciudad del Vaticano|Isla )/],
];

/** Where something is: “en España”, “en el Reino Unido”, “en todo el mundo”. */
export function inRegion(region: string) {
  if (region === WORLD) return 'en todo el mundo';
  return `en ${articles.find(([, names]) => names.test(region))?.[0] ?? ''}${region}`;
}

export const regions = {
  world: WORLD,
  choose: 'Elegir una región',
  search: 'Buscar regiones',
  none: (text: string) => `Ninguna región con listas coincide con «${text}».`,
  failed: 'No se pudo cargar la lista de regiones.',
  found: (number: number) => count(number, 'región', 'regiones'),
};
