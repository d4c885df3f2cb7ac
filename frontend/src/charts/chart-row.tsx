import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Entry, Grain } from '../api/shapes';
import { Movement } from '../songs/movement';
import { SongName } from '../songs/song-name';
import { SongTile } from '../songs/song-tile';
import { texts } from '../ui/texts';
import { formatCount, formatShort } from '../ui/numbers';
import { runOf } from '../songs/run-of';
import { windowWithUtc } from '../windows/window-names';
import { RankPath } from './rank-path';
import { WhyLink } from './why-link';

const words = texts.charts;

const placesMoved = ({ previous_rank, rank }: Entry) => Math.abs((previous_rank ?? rank) - rank);

export interface RowContext {
  region: string;
  grain: Grain;
  /** The window that the chart is of. */
  window: string;
  /** The window of the address; undefined when the newest is followed. */
  chosen: string | undefined;
  /** Whether the newest hours or days are followed. */
  followed: Grain | undefined;
}

interface ChartRowProps {
  entry: Entry;
  /** Its ranks in the last windows. */
  path: (number | null)[] | undefined;
  context: RowContext;
}

/** One song, drawn again only when it changed. The row opens the song, its plays the reason for them. */
export const ChartRow = memo(function ChartRow({ entry, path, context }: ChartRowProps) {
  const { region, grain, chosen } = context;
  const { rank, plays, listeners, peak_rank, peak_at, streak, song_id } = entry;
  const figure = 'hidden px-2 text-right tabular-nums lg:table-cell print:table-cell';
  const movement = <Movement movement={entry.movement} places={placesMoved(entry)} />;
  return (
    <tr
      data-song={song_id}
      // Number one stands above the table; on paper the table has all.
      className={`relative border-t border-line bg-surface hover:bg-hover ${rank === 1 ? 'hidden print:table-row' : ''}`}
    >
      <td className="py-1 text-center font-bold tabular-nums sm:pr-3 sm:text-right">
        <span className="block text-lg leading-6 sm:text-xl">{rank}</span>
        <span className="block leading-4 sm:hidden">{movement}</span>
      </td>
      <td className="hidden text-center sm:table-cell">{movement}</td>
      <th scope="row" className="py-1 pr-2 text-left font-normal">
        <Link
          to="/songs/$songId"
          params={{ songId: song_id }}
          search={{ region, grain, window: chosen }}
          className="flex items-center gap-3 leading-5 after:absolute after:inset-0"
        >
          <SongTile songId={song_id} className="size-9 rounded-lg" />
          <span className="min-w-0">
            <SongName title={entry.title} artist={entry.artist} />
          </span>
        </Link>
      </th>
      <td className="rank-path-cell">{path && path.length > 1 && <RankPath ranks={path} />}</td>
      <td className="text-right">
        <WhyLink
          songId={song_id}
          context={context}
          isOpener={rank > 1}
          label={words.whyOf(formatCount(plays), entry.title)}
          className="number relative inline-grid min-h-11 min-w-11 content-center justify-items-end pr-3 font-semibold tabular-nums sm:pr-2"
        >
          <span title={formatCount(plays)}>{formatShort(plays)}</span>
        </WhyLink>
      </td>
      <td className={figure} title={formatCount(listeners)}>
        {formatShort(listeners)}
      </td>
      <td className={figure} title={windowWithUtc(peak_at, grain)}>
        {words.bestRank(peak_rank)}
      </td>
      <td className={`${figure} pr-4 whitespace-nowrap`}>{runOf(grain, streak)}</td>
    </tr>
  );
});
