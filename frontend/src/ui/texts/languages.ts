import type { Texts } from '.';
import type { PageTexts } from './pages';

interface Language {
  /** What it calls itself. */
  name: string;
  /** That of its numbers, dates and names. */
  locale: string;
  first: () => Promise<{ texts: Texts }>;
  pages: () => Promise<{ pageTexts: PageTexts }>;
}

/** The languages that there are; only what is chosen is fetched. Keep the codes equal to public/first.js. */
export const languages = {
  en: {
    name: 'English',
    locale: 'en-GB',
    first: () => import('../english'),
    pages: () => import('../english/pages'),
  },
  de: {
    name: 'Deutsch',
    locale: 'de',
    first: () => import('../german'),
    pages: () => import('../german/pages'),
  },
  es: {
    name: 'Español',
    locale: 'es',
    first: () => import('../spanish'),
    pages: () => import('../spanish/pages'),
  },
} satisfies Record<string, Language>;

export type LanguageCode = keyof typeof languages;

export const isLanguage = (code: string | null): code is LanguageCode => code !== null && code in languages;
