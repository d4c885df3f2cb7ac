import { perLocale } from './locale';

const COMPACT_FROM = 1_000_000;
const whole = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const compact = perLocale(
  (locale) => new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }),
);

/** A count with thousands separators. */
export const formatCount = (count: number) => whole().format(count);

/** The same for a narrow column: 1.23m from a million on. */
export const formatShort = (count: number) => (count < COMPACT_FROM ? whole() : compact()).format(count);
