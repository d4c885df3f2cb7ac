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

export const entriesOf = ({ answer }: Column): Entry[] =>
  answer === undefined || answer === 'not_computed' ? [] : answer.entries;

/** Where a song stands on one of the charts; undefined where it is not among those shown. */
export const rankIn = (column: Column, songId: string) =>
  entriesOf(column).find(({ song_id }) => song_id === songId)?.rank;

/** The songs of these charts that stand on more than one, in the order in which they are met. */
export const sharedSongs = (columns: Column[]): Entry[] => {
  const met = new Map<string, Entry>();
  for (const entry of columns.flatMap(entriesOf))
    if (
      columns.filter((column) => rankIn(column, entry.song_id) !== undefined).length > 1 &&
      !met.has(entry.song_id)
    )
      met.set(entry.song_id, entry);
  return [...met.values()];
};

/** Whether lines alone tell where a song stands: they join neighbours, so of more charts dots stand beside them. */
export const isToldByLines = (columns: Column[]) => columns.length < 3;
