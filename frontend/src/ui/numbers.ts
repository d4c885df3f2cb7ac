import { LOCALE } from './locale';

const COMPACT_FROM = 1_000_000;
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumSignificantDigits: 3 });

/** A count with thousands separators. */
export const formatCount = (count: number) => whole.format(count);

/** The same for a narrow column: 1.23m from a million on. */
export const formatShort = (count: number) => (count < COMPACT_FROM ? whole : compact).format(count);
