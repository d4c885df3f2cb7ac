import { english } from './english';
import { localSecondsBeside, utcDay, utcSeconds } from './times';

const words = english.charts;

function beside(utc: string, time: string) {
  const local = localSecondsBeside(time);
  return words.withLocal(utc, local && words.local(local));
}

/** A time of this day to the second, with the viewer's own beside it where that is another. */
export const clockName = (time: string) => beside(words.utcTime(utcSeconds(time)), time);

/** The same with its day. */
export const instantName = (time: string) =>
  beside(words.utcTime(`${utcDay(time)}, ${utcSeconds(time)}`), time);
