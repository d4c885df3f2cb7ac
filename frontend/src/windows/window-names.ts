import { addHours } from 'date-fns';
import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';
import {
  isUtcHere,
  localClock,
  localDay,
  localWeekdayClock,
  utcClock,
  utcDay,
  utcDayAndMonth,
} from '../ui/times';

const hoursOf = { hour: 1, day: 24 };
const words = texts.windows;

/** A window as addresses and the api name it: `2026-11-22T14:00:00Z` for an hour, `2026-11-22` for a day. */
export const windowAt = (start: string | Date, grain: Grain) => {
  const iso = new Date(start).toISOString();
  return grain === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 13)}:00:00Z`;
};

export const windowEnd = (start: string, grain: Grain) => addHours(start, hoursOf[grain]);

export const windowBeside = (start: string, grain: Grain, steps: 1 | -1) =>
  windowAt(addHours(start, steps * hoursOf[grain]), grain);

/** The hour by the viewer's clock, which says UTC where it is that. */
export function hourTitle(start: string) {
  const range = words.range(localClock(start), localClock(windowEnd(start, 'hour')));
  return isUtcHere(start) ? words.utc(range) : range;
}

/** The day on which the viewer sees the window begin; a day of the charts is one in UTC everywhere. */
export const dayTitle = (start: string, grain: Grain) => (grain === 'day' ? utcDay(start) : localDay(start));

/** The same, as short as it can be: today, yesterday, and the year only where it is another. */
export function shortDay(start: string, grain: Grain, now: number) {
  const day = dayTitle(start, grain);
  const today = grain === 'day' ? utcDay(now) : localDay(now);
  if (grain === 'hour' && day === today) return words.today;
  const year = today.slice(today.lastIndexOf(' '));
  return day.endsWith(year) ? day.slice(0, -year.length) : day;
}

/** The same window in UTC, its date where that is another; undefined where the viewer's clock is UTC. */
export function hourInUtc(start: string) {
  if (isUtcHere(start)) return undefined;
  const range = words.utc(words.range(utcClock(start), utcClock(windowEnd(start, 'hour'))));
  return utcDay(start) === localDay(start) ? range : words.onDay(range, utcDay(start));
}

/** When a day of UTC begins and ends for the viewer. */
export const dayHere = (start: string) =>
  isUtcHere(start)
    ? words.utcDay
    : words.utcDayHere(localWeekdayClock(start), localWeekdayClock(windowEnd(start, 'day')));

/** The window as short as a column's head can be: an hour by the viewer's clock, or a day and month of UTC. */
export const shortWindow = (start: string, grain: Grain) =>
  grain === 'day' ? utcDayAndMonth(start) : localClock(start);

/** The window in words by the viewer's clock, its date included. */
export const windowTitle = (start: string, grain: Grain) =>
  grain === 'day' ? utcDay(start) : words.onDay(hourTitle(start), localDay(start));

/** The same, with UTC beside it where the viewer's clock is another. */
export function windowWithUtc(start: string, grain: Grain) {
  const utc = grain === 'hour' ? hourInUtc(start) : undefined;
  return utc ? words.beside(windowTitle(start, grain), utc) : windowTitle(start, grain);
}
