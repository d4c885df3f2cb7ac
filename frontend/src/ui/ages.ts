import { perLocale } from './locale';

type Unit = 'second' | 'minute' | 'hour' | 'day';

const units: [unit: Unit, ms: number, upTo: number][] = [
  ['second', 1_000, 60],
  ['minute', 60_000, 60],
  ['hour', 3_600_000, 24],
  ['day', 86_400_000, Infinity],
];

const longs = Object.fromEntries(
  units.map(([unit]) => [
    unit,
    perLocale((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })),
  ]),
);
const relative = perLocale((locale) => new Intl.RelativeTimeFormat(locale));

function rounded(ms: number): [number: number, unit: Unit] {
  for (const [unit, length, upTo] of units) {
    const number = Math.round(Math.abs(ms) / length);
    if (number < upTo) return [number, unit];
  }
  return [0, 'second'];
}

/** A length of time in its largest unit: “3 minutes”. */
export function formatAge(ms: number) {
  const [number, unit] = rounded(ms);
  return longs[unit]?.().format(number) ?? '';
}

/** How long ago something was: “3 minutes ago”. */
export function formatAgo(ms: number) {
  const [number, unit] = rounded(ms);
  return relative().format(-number, unit);
}
