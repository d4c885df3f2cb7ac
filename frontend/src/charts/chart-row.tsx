import type { Entry, Grain } from '../api/shapes';
import { SongName } from '../songs/song-name';
import { english } from '../ui/english';
import { formatCount } from '../ui/numbers';
import { utcClock, utcDay } from '../ui/times';
import { Movement } from './movement';
import { PlaysBar } from './plays-bar';

const short = { hour: english.charts.streakHours, day: english.charts.streakDays };

interface ChartRowProps {
  entry: Entry;
  leader: number;
  grain: Grain;
}

/** One song. On phones the figures of the last three columns stand under the artist. */
export function ChartRow({ entry, leader, grain }: ChartRowProps) {
  const { rank, plays, listeners, peak_rank, peak_at, streak } = entry;
  const first = rank === 1;
  const figure = 'hidden px-2 text-right tabular-nums md:table-cell';
  return (
    <tr data-song={entry.song_id} className="border-t border-line bg-surface">
      <td
        className={`py-2.5 pl-2 text-right font-bold tabular-nums sm:pl-5 ${first ? 'text-3xl text-accent sm:text-4xl' : rank > 99 ? 'text-xl' : 'text-2xl'}`}
      >
        {rank}
      </td>
      <td className="text-center sm:px-3">
        <Movement entry={entry} />
      </td>
      <th scope="row" className={`py-2.5 pr-2 text-left font-normal ${first ? 'text-lg' : ''}`}>
        <SongName title={entry.title} artist={entry.artist} />
        <span className="mt-1 block text-xs text-quiet tabular-nums md:hidden">
          {english.charts.facts(listeners, peak_rank, short[grain](streak))}
        </span>
        <span className="mt-1.5 block sm:hidden">
          <PlaysBar plays={plays} leader={leader} first={first} />
        </span>
      </th>
      <td className="pr-3 sm:px-2">
        <span className="flex items-center gap-3">
          <span className="hidden grow sm:block">
            <PlaysBar plays={plays} leader={leader} first={first} />
          </span>
          <span className="shrink-0 grow text-right font-semibold tabular-nums sm:w-14 sm:grow-0">
            {formatCount(plays)}
          </span>
        </span>
      </td>
      <td className={figure}>{formatCount(listeners)}</td>
      <td
        className={`${figure} ${peak_rank === 1 ? 'font-semibold' : ''}`}
        title={`${utcDay(peak_at)}${grain === 'hour' ? `, ${utcClock(peak_at)}` : ''} UTC`}
      >
        {peak_rank}
      </td>
      <td className={`${figure} pr-5`}>
        <span aria-hidden>{short[grain](streak)}</span>
        <span className="sr-only">{english.charts.streakWords[grain](streak)}</span>
      </td>
    </tr>
  );
}
