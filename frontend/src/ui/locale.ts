let current = 'en-GB';

/** The one locale of every number, date and name: that of the words around them. */
export const locale = () => current;

export function setLocale(chosen: string) {
  current = chosen;
}

/** Makes a formatter once for each locale, when it is first used. */
export function perLocale<Formatter>(make: (locale: string) => Formatter): () => Formatter {
  const made = new Map<string, Formatter>();
  return () => {
    const known = made.get(current) ?? make(current);
    made.set(current, known);
    return known;
  };
}
