import { Link } from '@tanstack/react-router';
import type { Entry, Grain } from '../api/shapes';
import { SongName } from '../songs/song-name';
import { words } from '../ui/english/compare';
import { rankIn, type Column } from './column';

interface ColumnRowProps {
  entry: Entry;
  column: Column;
  columns: Column[];
  grain: Grain;
  isLit: boolean;
  onLight: (songId: string | undefined) => void;
}

/** One song of one region, with where else it stands. Pointer and focus light it everywhere. */
export function ColumnRow({ entry, column, columns, grain, isLit, onLight }: ColumnRowProps) {
  const { song_id, rank, title, artist } = entry;
  const elsewhere = columns
    .filter((other) => other !== column)
    .flatMap((other) => {
      const there = rankIn(other, song_id);
      return there === undefined ? [] : [{ ...other, rank: there }];
    });
  return (
    <tr
      onMouseEnter={() => onLight(song_id)}
      onMouseLeave={() => onLight(undefined)}
      className={`compare-row ${isLit ? 'bg-tint' : ''}`}
    >
      <td className={`text-right font-bold tabular-nums ${rank === 1 ? 'text-xl text-accent' : 'text-lg'}`}>
        {rank}
      </td>
      <th scope="row" className="min-w-0 px-2 text-left text-sm font-normal">
        <Link
          to="/songs/$songId"
          params={{ songId: song_id }}
          search={{ region: column.region, grain }}
          onFocus={() => onLight(song_id)}
          onBlur={() => onLight(undefined)}
          className="block after:absolute after:inset-0"
        >
          <SongName title={title} artist={artist} />
        </Link>
      </th>
      <td className="pr-3 text-right">
        {elsewhere.map((other) => (
          <span key={other.region} aria-hidden className="block text-xs leading-4 text-quiet tabular-nums">
            {words.short(other.region)} <b className="text-ink">{other.rank}</b>
          </span>
        ))}
        {elsewhere.length > 0 && (
          <span className="sr-only">
            {words.also(elsewhere.map(({ name, rank: there }) => [name, there]))}
          </span>
        )}
      </td>
    </tr>
  );
}
