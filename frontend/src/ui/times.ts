type Zone = 'UTC' | undefined;

function formatter(options: Intl.DateTimeFormatOptions) {
  const make = (timeZone: Zone) => new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  const utc = make('UTC');
  const local = make(undefined);
  return (time: string | Date, zone: Zone) => (zone === 'UTC' ? utc : local).format(new Date(time));
}

const clock = formatter({ hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayOfYear = formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = formatter({ day: 'numeric', month: 'short' });

export const utcClock = (time: string | Date) => clock(time, 'UTC');
export const utcSeconds = (time: string | Date) => clockWithSeconds(time, 'UTC');
export const utcDay = (time: string | Date) => dayOfYear(time, 'UTC');
export const utcDayAndMonth = (time: string | Date) => shortDay(time, 'UTC');
const localClock = (time: string | Date) => clock(time, undefined);
export const localSeconds = (time: string | Date) => clockWithSeconds(time, undefined);

/** Something in the viewer's own time; undefined where that is UTC. */
const unlessUtc = (local: string, utc: string) => (local === utc ? undefined : local);

export const localClockBeside = (time: string | Date) => unlessUtc(localClock(time), utcClock(time));
export const localSecondsBeside = (time: string | Date) => unlessUtc(localSeconds(time), utcSeconds(time));
