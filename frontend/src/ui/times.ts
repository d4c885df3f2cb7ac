import { perLocale } from './locale';

type Time = string | number | Date;
type Zone = 'UTC' | undefined;

function formatter(options: Intl.DateTimeFormatOptions) {
  const make = (timeZone: Zone) =>
    perLocale((locale) => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  const utc = make('UTC');
  const local = make(undefined);
  return (time: Time, zone: Zone) => (zone === 'UTC' ? utc : local)().format(new Date(time));
}

const clock = formatter({ hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayOfYear = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = formatter({ day: 'numeric', month: 'short' });
const month = formatter({ month: 'long', year: 'numeric' });
const weekday = formatter({ weekday: 'short' });
const weekdayClock = formatter({ weekday: 'short', hour: '2-digit', minute: '2-digit' });

export const utcClock = (time: Time) => clock(time, 'UTC');
export const utcSeconds = (time: Time) => clockWithSeconds(time, 'UTC');
export const utcDay = (time: Time) => dayOfYear(time, 'UTC');
export const utcDayAndMonth = (time: Time) => shortDay(time, 'UTC');
export const utcMonth = (time: Time) => month(time, 'UTC');
export const utcWeekday = (time: Time) => weekday(time, 'UTC');
export const localClock = (time: Time) => clock(time, undefined);
export const localSeconds = (time: Time) => clockWithSeconds(time, undefined);
export const localDay = (time: Time) => dayOfYear(time, undefined);
export const localDayAndMonth = (time: Time) => shortDay(time, undefined);
export const localWeekdayClock = (time: Time) => weekdayClock(time, undefined);

/** Whether the viewer's clock shows the same as UTC at this time. */
export const isUtcHere = (time: Time) => clock(time, 'UTC') === clock(time, undefined);

/** Something in the viewer's own time; undefined where that is UTC. */
export const localSecondsBeside = (time: Time) => (isUtcHere(time) ? undefined : localSeconds(time));
