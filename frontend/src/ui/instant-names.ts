import { texts } from './texts';
import { isUtcHere, localDay, localSeconds, utcDay, utcSeconds } from './times';

const words = texts.windows;

function beside(time: string, local: string, utc: string) {
  return isUtcHere(time) ? words.utc(utc) : words.beside(local, words.utc(utc));
}

/** A time of this day to the second by the viewer's clock, with UTC beside it where that is another. */
export const clockName = (time: string) => beside(time, localSeconds(time), utcSeconds(time));

/** The same with its day; UTC has its own where that is another. */
export function instantName(time: string) {
  const utc = utcDay(time) === localDay(time) ? utcSeconds(time) : `${utcDay(time)}, ${utcSeconds(time)}`;
  return isUtcHere(time)
    ? words.utc(`${utcDay(time)}, ${utcSeconds(time)}`)
    : words.beside(`${localDay(time)}, ${localSeconds(time)}`, words.utc(utc));
}
