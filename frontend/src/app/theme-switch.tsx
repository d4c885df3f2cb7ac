import { useState } from 'react';
import { english } from '../ui/english';
import { chooseTheme, storedTheme, systemTheme } from './theme';

/** Changes between light and dark, and remembers it on this device. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(() => storedTheme() ?? systemTheme());
  const other = theme === 'dark' ? 'light' : 'dark';
  const label = other === 'dark' ? english.theme.toDark : english.theme.toLight;
  const change = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button
      type="button"
      onClick={change}
      aria-label={label}
      title={label}
      className="grid size-11 place-items-center rounded-lg text-quiet hover:text-ink"
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
        <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />
      </svg>
    </button>
  );
}
