import type { Region } from '../api/shapes';

/** What people call a country and neither its English name nor its code says. */
const aliases: Record<string, string> = {
  AE: 'uae emirates',
  BO: 'bolivia',
  CI: 'ivory coast',
  CZ: 'czech republic',
  DE: 'allemagne',
  GB: 'uk great britain england scotland wales northern ireland',
  IR: 'iran',
  KP: 'north korea',
  KR: 'south korea',
  LA: 'laos',
  MD: 'moldova',
  MK: 'macedonia',
  MM: 'burma',
  NL: 'holland',
  PS: 'palestine',
  RU: 'russia',
  SY: 'syria',
  SZ: 'swaziland',
  TR: 'turkey turkiye',
  TW: 'taiwan',
  TZ: 'tanzania',
  US: 'usa america',
  VA: 'vatican',
  VE: 'venezuela',
  VN: 'vietnam',
  global: 'world worldwide everywhere',
};
/** Languages in which a country may be looked for besides English and the viewer's. */
const nativeLanguages =
  'AT:de BR:pt CH:de CN:zh CZ:cs DE:de DK:da EG:ar ES:es FI:fi FR:fr GR:el HR:hr HU:hu IL:he IN:hi IS:is IT:it JP:ja ' +
  'KR:ko MX:es NL:nl NO:nb PL:pl PT:pt RO:ro RS:sr RU:ru SE:sv TH:th TR:tr UA:uk VN:vi';
const native = new Map(
  nativeLanguages.split(' ').map((pair): [string, string] => [pair.slice(0, 2), pair.slice(3)]),
);

/** Lower case without accents; letters that Unicode does not take apart are written out. */
export const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .replace(/ß/g, 'ss')
    .trim();

const namers = new Map<string, Intl.DisplayNames>();

function nameIn(language: string, region: string) {
  try {
    const namer = namers.get(language) ?? new Intl.DisplayNames(language, { type: 'region' });
    namers.set(language, namer);
    return namer.of(region) ?? '';
  } catch {
    return '';
  }
}

/** Every name by which a region can be found, folded. */
function namesOf({ region, name }: Region, languages: readonly string[]) {
  const isCountry = /^[A-Z]{2}$/.test(region);
  const spoken = isCountry ? ['en', ...languages, native.get(region) ?? 'en'] : [];
  return [name, aliases[region] ?? '', ...spoken.map((language) => nameIn(language, region))].map(fold);
}

/** Regions by a part of a name in English, the viewer's or the country's language, by what people call it, or by code. */
export function findRegions(regions: Region[], text: string, languages: readonly string[]): Region[] {
  const wanted = fold(text);
  if (wanted === '') return regions;
  const found = regions.map((each) => ({ each, score: scoreOf(each, wanted, languages) }));
  return found
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ each }) => each);
}

/** A code or a whole word first, then how a word begins, then any part; of the same, the order stays. */
function scoreOf(each: Region, wanted: string, languages: readonly string[]) {
  const names = namesOf(each, languages);
  const words = names.flatMap((name) => name.split(/[\s,.()&-]+/));
  if (each.region.toLowerCase() === wanted || names.includes(wanted) || words.includes(wanted)) return 3;
  if (words.some((word) => word.startsWith(wanted))) return 2;
  return names.some((name) => name.includes(wanted)) ? 1 : 0;
}
