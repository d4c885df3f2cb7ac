import { compare as words } from '../ui/texts/pages';
import type { Compared, Song } from './compared';

// What a spreadsheet takes for a formula; an apostrophe in front keeps it a text, as in the api's own CSV.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠']/;

const cell = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The table as it stands on the screen: songs in its order, for each column rank and rank before. */
export function writeComparedCsv(songs: Song[], compared: Compared[]): string {
  const heads = compared.flatMap(({ name }) => [words.csvRank(name), words.csvBefore(name)]);
  const rows = songs.map(({ song_id, title, artist }) => [
    song_id,
    title,
    artist,
    ...compared.flatMap(({ placeOf }) => {
      const place = placeOf(song_id);
      return [String(place?.rank ?? ''), String(place?.before ?? '')];
    }),
  ]);
  const lines = [['song_id', 'title', 'artist', ...heads], ...rows].map((row) => row.map(cell).join(','));
  // The mark makes spreadsheets read it as UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
