import { useState } from 'react';
import { texts } from '../ui/texts';
import { chooseTheme, storedTheme, type Theme } from './theme';

const following: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const signs: Record<Theme, string> = {
  system: 'M10 2.75a7.25 7.25 0 0 1 0 14.5z',
  light: '',
  dark: 'M10 2.75a7.25 7.25 0 0 1 0 14.5 7.25 7.25 0 0 1 0-14.5z',
};

/** Goes from the system's theme to light, dark and back, and remembers it on this device. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const label = texts.theme[theme];
  const change = () => {
    chooseTheme(following[theme]);
    setTheme(following[theme]);
  };
  return (
    <button
      type="button"
      onClick={change}
      aria-label={label}
      title={label}
      className="grid size-11 shrink-0 place-items-center rounded-lg text-quiet hover:text-ink max-[22rem]:w-9"
    >
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        className="w-5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        <circle cx="10" cy="10" r="7.25" />
        <path d={signs[theme]} fill="currentColor" />
      </svg>
    </button>
  );
}
