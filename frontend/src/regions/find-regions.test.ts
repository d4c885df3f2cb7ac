import { describe, expect, it } from 'vitest';
import { makeRegions } from '../testing/builders';
import { findRegions } from './find-regions';

const regions = makeRegions([
  ['global', 'Global'],
  ['AX', 'Åland Islands'],
  ['DE', 'Germany'],
  ['GB', 'United Kingdom'],
  ['JP', 'Japan'],
  ['NL', 'Netherlands'],
  ['TR', 'Türkiye'],
  ['UA', 'Ukraine'],
  ['US', 'United States'],
]);
const first = (text: string, languages = ['en-GB']) => findRegions(regions, text, languages)[0]?.region;

describe('a region is found', () => {
  it.each([
    ['uk', 'GB'],
    ['great britain', 'GB'],
    ['england', 'GB'],
    ['usa', 'US'],
    ['america', 'US'],
    ['holland', 'NL'],
    ['turkey', 'TR'],
    ['turkiye', 'TR'],
    ['TÜRKİYE', 'TR'],
    ['aland', 'AX'],
    ['deutsch', 'DE'],
    ['日本', 'JP'],
    ['worldwide', 'global'],
    ['ukr', 'UA'],
  ])('by %s', (text, region) => expect(first(text)).toBe(region));

  it('by its name in the viewer’s language', () => {
    expect(first('royaume', ['fr-FR'])).toBe('GB');
    expect(first('royaume', ['en-GB'])).toBeUndefined();
  });

  it('among all when nothing is typed, in their order', () => {
    expect(findRegions(regions, ' ', ['en'])).toEqual(regions);
  });
});
