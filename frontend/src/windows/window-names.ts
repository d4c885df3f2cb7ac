import { addHours } from 'date-fns';
import type { Grain } from '../api/shapes';
import { english } from '../ui/english';
import { localClockBeside, utcClock, utcDay } from '../ui/times';

const hoursOf = { hour: 1, day: 24 };

/** A window as addresses and the api name it: `2026-11-22T14:00:00Z` for an hour, `2026-11-22` for a day. */
export const windowAt = (start: string | Date, grain: Grain) => {
  const iso = new Date(start).toISOString();
  return grain === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 13)}:00:00Z`;
};

export const windowEnd = (start: string, grain: Grain) => addHours(start, hoursOf[grain]);

export const windowBeside = (start: string, grain: Grain, steps: 1 | -1) =>
  windowAt(addHours(start, steps * hoursOf[grain]), grain);

export const hourTitle = (start: string) =>
  english.charts.hourTitle(utcClock(start), utcClock(windowEnd(start, 'hour')));

/** The window in words, its date included. */
export const windowTitle = (start: string, grain: Grain) =>
  grain === 'day' ? english.charts.dayTitle(utcDay(start)) : `${hourTitle(start)} · ${utcDay(start)}`;

/** The same, with the viewer's own time beside it where that is another. */
export function windowWithLocal(start: string, grain: Grain) {
  const clock = localClockBeside(start);
  const local = grain === 'hour' ? english.charts.local : english.charts.starts;
  return english.charts.withLocal(windowTitle(start, grain), clock && local(clock));
}
