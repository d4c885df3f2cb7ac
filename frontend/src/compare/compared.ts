import type { Entry } from '../api/shapes';
import { windowAt, windowBeside } from '../windows/window-names';
import { TOP, entriesOf, topOf, type Column } from './column';

export interface Place {
  rank: number;
  /** The rank in the window before; null where it was not on the chart. */
  before: number | null;
  plays?: number;
}

/** One column of the table: a region, or one window of a region. */
export interface Compared {
  id: string;
  /** The region that it is of, where each column is of another one. */
  region?: string;
  /** Its head in words, as the CSV has it. */
  name: string;
  placeOf: (songId: string) => Place | undefined;
}

/** One row of the table. */
export type Song = Pick<Entry, 'song_id' | 'title' | 'artist'>;

/** Each region of the same window. */
export const comparedRegions = (columns: Column[]): Compared[] =>
  columns.map((column) => {
    const places = new Map(
      entriesOf(column).map(({ song_id, rank, previous_rank, plays }) => [
        song_id,
        { rank, before: previous_rank, plays },
      ]),
    );
    return {
      id: column.region,
      region: column.region,
      name: column.name,
      placeOf: (songId) => places.get(songId),
    };
  });

/** How many windows of one region stand side by side. */
export const WINDOWS = 7;

/** One region's last windows, newest first, from the ranks that its chart brings along. */
export function comparedWindows({ answer }: Column, nameOf: (start: string) => string): Compared[] {
  if (answer === undefined || answer === 'not_computed') return [];
  const { window_start, grain } = answer.chart;
  const paths = new Map(answer.entries.map(({ song_id }, place) => [song_id, answer.history?.[place] ?? []]));
  const compared: Compared[] = [];
  for (
    let start = windowAt(window_start, grain);
    compared.length < WINDOWS;
    start = windowBeside(start, grain, -1)
  ) {
    const back = compared.length + 1;
    const placeOf = (songId: string) => {
      const path = paths.get(songId) ?? [];
      const rank = path.at(-back) ?? null;
      return rank === null ? undefined : { rank, before: path.at(-back - 1) ?? null };
    };
    compared.push({ id: start, name: nameOf(start), placeOf });
  }
  return compared;
}

/** The first songs of every region, each once. */
export function songsOf(columns: Column[]): Song[] {
  const met = new Map(columns.flatMap(topOf).map((entry) => [entry.song_id, entry]));
  return [...met.values()];
}

const ABSENT = Number.POSITIVE_INFINITY;

/** The songs by their rank in one column, then in the others from left to right. */
export function sorted(songs: Song[], compared: Compared[], by: string): Song[] {
  const first = compared.find(({ id }) => id === by);
  const order = first ? [first, ...compared.filter((one) => one !== first)] : compared;
  const ranksOf = new Map(
    songs.map((song) => [song, order.map(({ placeOf }) => placeOf(song.song_id)?.rank ?? ABSENT)]),
  );
  return songs.toSorted((one, other) => {
    const [ranks, others] = [ranksOf.get(one) ?? [], ranksOf.get(other) ?? []];
    const place = ranks.findIndex((rank, at) => rank !== others[at]);
    return place < 0 ? 0 : (ranks[place] ?? 0) < (others[place] ?? 0) ? -1 : 1;
  });
}

/** How strongly a rank is coloured: the first as much as can be, the tenth hardly, lower ones not. */
export const heatOf = (rank: number) => Math.max(0, Math.round(40 * (1 - (rank - 1) / TOP)));
