import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { Flag } from '../regions/flag';
import { Movement } from '../songs/movement';
import { SongName } from '../songs/song-name';
import { compare as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { heatOf, type Compared, type Place, type Song } from './compared';

interface ComparedTableProps {
  caption: string;
  songs: Song[];
  compared: Compared[];
  sortedBy: string;
  onSort: (id: string) => void;
  region: string;
  grain: Grain;
}

/** Songs down, regions or windows across; a cell has rank and movement, and the higher the rank the more colour. */
export function ComparedTable(props: ComparedTableProps) {
  const { caption, songs, compared, sortedBy, onSort, region, grain } = props;
  return (
    <section
      aria-label={caption}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="card compared"
    >
      <table>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="compared-song text-left text-sm font-medium text-quiet">
              {words.song}
            </th>
            {compared.map((column) => (
              <th
                key={column.id}
                scope="col"
                aria-sort={column.id === sortedBy ? 'ascending' : 'none'}
                className="px-1 text-sm font-semibold"
              >
                <button
                  type="button"
                  onClick={() => onSort(column.id)}
                  aria-pressed={column.id === sortedBy}
                  title={words.sortBy(column.name)}
                  className="compared-sort"
                >
                  {column.region !== undefined && <Flag region={column.region} />}
                  <span className="truncate">{column.name}</span>
                  <span aria-hidden>{column.id === sortedBy ? '↓' : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {songs.map((song) => (
            <tr key={song.song_id} className="border-t border-line">
              <th scope="row" className="compared-song text-left text-sm leading-5 font-normal">
                <Link
                  to="/songs/$songId"
                  params={{ songId: song.song_id }}
                  search={{ region, grain }}
                  className="block py-1.5 hover:underline"
                >
                  <SongName title={song.title} artist={song.artist} />
                </Link>
              </th>
              {compared.map((column) => (
                <Cell key={column.id} place={column.placeOf(song.song_id)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function movementOf({ rank, before }: Place) {
  if (before === null) return undefined;
  return rank < before ? 'up' : rank > before ? 'down' : 'same';
}

function Cell({ place }: { place: Place | undefined }) {
  if (!place)
    return (
      <td className="text-center text-quiet">
        <span aria-hidden>–</span>
        <span className="sr-only">{words.unplaced}</span>
      </td>
    );
  const movement = movementOf(place);
  return (
    <td
      className="compared-place"
      style={{
        background: `color-mix(in oklab, var(--color-bar) ${heatOf(place.rank)}%, transparent)`,
      }}
      title={place.plays === undefined ? undefined : words.plays(place.plays)}
    >
      <b className="text-base">{formatCount(place.rank)}</b>{' '}
      {movement && <Movement movement={movement} places={Math.abs((place.before ?? 0) - place.rank)} />}
    </td>
  );
}
