import { screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';
import { chosenLanguage, loadPageTexts, loadTexts } from '../ui/texts/language';
import type { LanguageCode } from '../ui/texts/languages';

const speak = async (code: LanguageCode) => {
  localStorage.setItem('language', code);
  await Promise.all([loadTexts(code), loadPageTexts(code)]);
};

afterEach(() => speak('en'));

describe('the language of the page', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'es-MX', 'en'], 'es'],
    [['ja-JP'], 'en'],
  ])('is for a browser of %j %s', (spoken, code) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(spoken);
    expect(chosenLanguage()).toBe(code);
  });

  it('is the one chosen on this device before that of the browser', () => {
    localStorage.setItem('language', 'es');
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de']);
    expect(chosenLanguage()).toBe('es');
    localStorage.setItem('language', 'xx');
    expect(chosenLanguage()).toBe('de');
  });

  it.each([
    ['de', 'Top-Songs im Vereinigten Königreich', '1.234-mal gespielt', 'Sprache'],
    ['es', 'Lo más escuchado en el Reino Unido', '1234 reproducciones', 'Idioma'],
  ] as const)('makes words, names and numbers follow: %s', async (code, heading, plays, language) => {
    await speak(code);
    api.chart(() => makeChart({}, [makeEntry({ plays: 1_234 }), makeEntry({ rank: 2, plays: 3 })]));
    renderRoute('/?region=GB&window=2026-11-22T14:00:00Z');
    expect(await screen.findByRole('heading', { level: 1, name: heading })).toBeVisible();
    expect(await screen.findByText(new RegExp(plays))).toBeVisible();
    expect(screen.getByRole('combobox', { name: language })).toHaveValue(code);
    expect(document.documentElement.lang).toBe(code);
  });
});
