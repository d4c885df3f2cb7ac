import { readStored, store } from '../ui/storage';

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'theme';

/** The theme chosen on this device; the system's unless one was chosen. public/first.js reads it, too. */
export const storedTheme = (): Theme => {
  const stored = readStored(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
};

export const applyTheme = (theme: Theme) => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

export const chooseTheme = (theme: Theme) => {
  store(KEY, theme === 'system' ? null : theme);
  applyTheme(theme);
};
