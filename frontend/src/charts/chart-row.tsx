import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Entry, Grain } from '../api/shapes';
import { Movement } from '../songs/movement';
import { SongName } from '../songs/song-name';
import { whyId } from '../explain/why-id';
import { english } from '../ui/english';
import { formatCount } from '../ui/numbers';
import { windowWithLocal } from '../windows/window-names';
import { PlaysBar } from './plays-bar';

const words = english.charts;
const short = { hour: words.streakHours, day: words.streakDays };

const placesMoved = ({ previous_rank, rank }: Entry) => Math.abs((previous_rank ?? rank) - rank);

interface ChartRowProps {
  entry: Entry;
  region: string;
  grain: Grain;
}

/** One song, drawn again only when it changed; the row opens it. On phones the figures of the last three columns stand under the artist. */
export const ChartRow = memo(function ChartRow({ entry, region, grain }: ChartRowProps) {
  const { rank, plays, listeners, peak_rank, peak_at, streak } = entry;
  const first = rank === 1;
  const figure = 'hidden px-2 text-right tabular-nums md:table-cell';
  return (
    <tr data-song={entry.song_id} className="relative border-t border-line bg-surface hover:bg-hover">
      <td
        className={`py-2.5 pl-2 text-right font-bold tabular-nums sm:pl-5 ${first ? 'text-3xl text-accent sm:text-4xl' : rank > 99 ? 'text-xl' : 'text-2xl'}`}
      >
        {rank}
      </td>
      <td className="text-center sm:px-3">
        <Movement movement={entry.movement} places={placesMoved(entry)} />
      </td>
      <th scope="row" className={`py-2.5 pr-2 text-left font-normal ${first ? 'text-lg' : ''}`}>
        <Link
          to="/songs/$songId"
          params={{ songId: entry.song_id }}
          search={{ region, grain }}
          className="block after:absolute after:inset-0"
        >
          <SongName title={entry.title} artist={entry.artist} />
        </Link>
        <span className="mt-1 block text-xs text-quiet tabular-nums md:hidden">
          {words.facts(listeners, peak_rank, short[grain](streak))}
        </span>
        <span className="mt-1.5 block sm:hidden">
          <PlaysBar plays={plays} first={first} />
        </span>
      </th>
      <td className="pr-1 sm:px-2">
        <span className="flex flex-col items-end sm:flex-row sm:items-center sm:gap-2">
          <span className="hidden grow sm:block">
            <PlaysBar plays={plays} first={first} />
          </span>
          <span className="pr-2 text-right font-semibold tabular-nums sm:w-14 sm:pr-0">
            {formatCount(plays)}
          </span>
          <Why entry={entry} />
        </span>
      </td>
      <td className={figure}>{formatCount(listeners)}</td>
      <td
        className={`${figure} ${peak_rank === 1 ? 'font-semibold' : ''}`}
        title={windowWithLocal(peak_at, grain)}
      >
        {peak_rank}
      </td>
      <td className={`${figure} pr-5`}>
        <span aria-hidden>{short[grain](streak)}</span>
        <span className="sr-only">{words.streakWords[grain](streak)}</span>
      </td>
    </tr>
  );
});

/** Opens the explanation of the row's number without leaving the chart. */
function Why({ entry: { song_id, title } }: { entry: Entry }) {
  return (
    <Link
      to="."
      search={(search) => ({ ...search, open: song_id })}
      resetScroll={false}
      activeProps={{}}
      id={whyId(song_id)}
      aria-label={words.whyOf(title)}
      className="screen-only relative grid min-h-11 min-w-11 place-items-center rounded-lg px-1 text-sm text-quiet underline decoration-line underline-offset-4 hover:text-accent hover:decoration-current"
    >
      {words.why}
    </Link>
  );
}
