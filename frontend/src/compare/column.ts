import type { Entry } from '../api/shapes';
import type { ChartAnswer } from '../charts/get-chart';

/** One region's chart on the compare page, or the word why there is none. */
export interface Column {
  region: string;
  name: string;
  answer: ChartAnswer | undefined;
  error: Error | null;
}

export const entriesOf = ({ answer }: Column): Entry[] =>
  answer === undefined || answer === 'not_computed' ? [] : answer.entries;

/** Where a song stands on one of the charts; undefined where it is not among those shown. */
export const rankIn = (column: Column, songId: string) =>
  entriesOf(column).find(({ song_id }) => song_id === songId)?.rank;
