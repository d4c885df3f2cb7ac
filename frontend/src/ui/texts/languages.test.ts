import { describe, expect, it } from 'vitest';
import { languages } from './languages';

/** Every key of sentences, nested ones with dots, and how many arguments it takes. */
function keysOf(sentences: object, at = ''): string[] {
  return Object.entries(sentences).flatMap(([key, value]: [string, unknown]) => {
    const name = `${at}${key}`;
    if (typeof value === 'object' && value !== null) return keysOf(value, `${name}.`);
    if (typeof value === 'function') return [name];
    expect(value, name).toMatch(/\S/);
    return [name];
  });
}

const idsOf = (sections: readonly (readonly string[])[]) => sections.map(([id]) => id);

const load = async (code: keyof typeof languages) => ({
  ...(await languages[code].first()).texts,
  ...(await languages[code].pages()).pageTexts,
});

describe.each(['de', 'es'] as const)('the sentences in %s', (code) => {
  it('are those of English, none missing and none more', async () => {
    const [english, other] = [await load('en'), await load(code)];
    expect(keysOf(other).toSorted()).toEqual(keysOf(english).toSorted());
  });

  it('keep what links lead to', async () => {
    const [english, other] = [await load('en'), await load(code)];
    expect(idsOf(other.rules.sections)).toEqual(idsOf(english.rules.sections));
    expect(idsOf(other.about.sections)).toEqual(idsOf(english.about.sections));
    expect(other.explain.learn).toEqual(english.explain.learn);
  });

  it('are not left in English', async () => {
    const [english, other] = [await load('en'), await load(code)];
    const sentences = (texts: object) => Object.values(texts).filter((text) => String(text).includes(' '));
    for (const subject of ['app', 'regions', 'share', 'states'] as const) {
      const strings = sentences(english[subject]).filter((text) => typeof text === 'string');
      const same = strings.filter((text) => Object.values<unknown>(other[subject]).includes(text));
      expect(same.filter((text) => text !== english.app.name)).toEqual([]);
    }
  });
});
