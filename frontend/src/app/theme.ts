export type Theme = 'light' | 'dark';

const KEY = 'theme';

/** The theme chosen on this device before; null follows the system. */
export const storedTheme = (): Theme | null => {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : null;
};

export const systemTheme = (): Theme =>
  window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

export const applyTheme = (theme: Theme | null) => {
  if (theme !== null) document.documentElement.dataset.theme = theme;
};

export const chooseTheme = (theme: Theme) => {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
};
