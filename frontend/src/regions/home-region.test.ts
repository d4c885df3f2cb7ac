import { afterEach, describe, expect, it } from 'vitest';
import { chooseHome, guessRegion, homeRegion, isGuess, noteShown } from './home-region';

describe('the region that is guessed', () => {
  it.each([
    ['Europe/Berlin', ['en-US'], 'DE'],
    ['Asia/Calcutta', ['en'], 'IN'],
    ['UTC', ['de', 'de-CH'], 'CH'],
    ['UTC', ['zh-Hant-TW'], 'TW'],
    ['UTC', ['en'], 'global'],
  ])('by the zone %s and the languages %j', (zone, languages, region) => {
    expect(guessRegion(zone, languages)).toBe(region);
  });
});

describe('the region of an address without one', () => {
  afterEach(() => noteShown(undefined));

  it('is guessed until one is chosen, which this device remembers', () => {
    localStorage.clear();
    expect([homeRegion(), isGuess('NO')]).toEqual(['NO', true]);
    chooseHome('BR');
    noteShown(undefined);
    expect([homeRegion(), isGuess('NO')]).toEqual(['BR', false]);
  });

  it('is the one that was shown last on this visit', () => {
    noteShown('FR');
    expect(homeRegion()).toBe('FR');
  });
});
