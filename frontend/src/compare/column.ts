import type { Entry } from '../api/shapes';
import type { Trouble } from '../api/trouble';
import type { ChartAnswer } from '../charts/get-chart';

/** One region's chart on the compare page, or the word why there is none. */
export interface Column {
  region: string;
  name: string;
  answer: ChartAnswer | undefined;
  trouble: Trouble | undefined;
}

/** How many songs a column shows; where else a song stands is looked up in all of them. */
export const TOP = 10;

export const entriesOf = ({ answer }: Column): Entry[] =>
  answer === undefined || answer === 'not_computed' ? [] : answer.entries;

/** The first songs, which are shown. */
export const topOf = (column: Column): Entry[] => entriesOf(column).slice(0, TOP);

/** Where a song stands on one of the charts; undefined where it is not among the first hundred. */
export const rankIn = (column: Column, songId: string) =>
  entriesOf(column).find(({ song_id }) => song_id === songId)?.rank;

/** The songs shown that stand on more than one of these charts, in the order in which they are met. */
export const sharedSongs = (columns: Column[]): Entry[] => {
  const met = new Map<string, Entry>();
  for (const entry of columns.flatMap(topOf))
    if (
      columns.filter((column) => rankIn(column, entry.song_id) !== undefined).length > 1 &&
      !met.has(entry.song_id)
    )
      met.set(entry.song_id, entry);
  return [...met.values()];
};
