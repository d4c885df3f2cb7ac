import { setLocale } from '../locale';
import { readStored, store } from '../storage';
import { texts } from '.';
import { isLanguage, languages, type LanguageCode } from './languages';
import * as pages from './pages';

const KEY = 'language';

/** The language chosen on this device, else the first of the browser's that there is, else English. */
export function chosenLanguage(): LanguageCode {
  const stored = readStored(KEY);
  if (isLanguage(stored)) return stored;
  return navigator.languages.map((language) => language.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** Remembers the language and loads the page again in it. */
export function chooseLanguage(code: LanguageCode) {
  store(KEY, code);
  window.location.reload();
}

/** Fills in each subject, which modules keep. */
function fill<Subjects extends object>(subjects: Subjects, sentences: Subjects) {
  for (const subject of Object.keys(sentences) as (keyof Subjects)[])
    Object.assign(subjects[subject] as object, sentences[subject]);
}

/** Fetches what the first page says, and makes numbers, dates and names follow. */
export async function loadTexts(code: LanguageCode) {
  const { texts: sentences } = await languages[code].first();
  setLocale(languages[code].locale);
  document.documentElement.lang = code;
  fill(texts, sentences);
}

/** Fetches what the other pages say. */
export async function loadPageTexts(code: LanguageCode) {
  const { pageTexts } = await languages[code].pages();
  fill({ ...pages }, pageTexts);
}

/** A later page, or a drawer, with its sentences. */
export async function withTexts<Module>(load: () => Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([load(), loadPageTexts(chosenLanguage())]);
  return module;
}
