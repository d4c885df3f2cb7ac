/** What this device remembers. Nothing where the browser refuses storage: private windows, frames of another site. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a value on this device, or forgets it; without storage it lasts as long as the page. */
export function store(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Refused: the choice holds until the page is left.
  }
}
