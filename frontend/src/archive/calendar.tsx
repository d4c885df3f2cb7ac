import { Link } from '@tanstack/react-router';
import type { NumberOne } from '../api/shapes';
import { SongTile } from '../songs/song-tile';
import { archive as words } from '../ui/texts/pages';
import { utcDay, utcWeekday } from '../ui/times';
import { weeksOf } from './month';

interface CalendarProps {
  month: string;
  caption: string;
  region: string;
  numberOnes: NumberOne[];
}

/** A month with the number one of each day; a day leads to its hours, its song to the day's chart. */
export function Calendar({ month, caption, region, numberOnes }: CalendarProps) {
  const byDay = new Map(numberOnes.map((one) => [one.window_start.slice(0, 10), one]));
  const weeks = weeksOf(month);
  return (
    <table className="calendar">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {[
            '2026-11-02',
            '2026-11-03',
            '2026-11-04',
            '2026-11-05',
            '2026-11-06',
            '2026-11-07',
            '2026-11-08',
          ].map((day) => (
            <th key={day} scope="col" className="py-1 text-xs font-medium text-quiet">
              {utcWeekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, place) => (
          <tr key={place}>
            {week.map((day, weekday) => (
              <td key={day ?? weekday} className={day ? 'calendar-day' : 'calendar-none'}>
                {day && <Day day={day} region={region} one={byDay.get(day)} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, region, one }: { day: string; region: string; one: NumberOne | undefined }) {
  const number = Number(day.slice(8));
  if (!one)
    return (
      <span className="grid min-h-11 place-items-center text-sm text-quiet">
        <span aria-hidden>{number}</span>
        <span className="sr-only">
          {utcDay(day)}: {words.noChart}
        </span>
      </span>
    );
  return (
    <>
      <Link
        to="/archive"
        search={(search) => ({ ...search, day })}
        resetScroll={false}
        activeProps={{}}
        aria-label={words.seeHours(utcDay(day))}
        className="flex min-h-11 items-center justify-center text-sm font-semibold text-quiet hover:text-ink sm:min-h-8 sm:justify-start sm:px-2"
      >
        {number}
      </Link>
      <Link
        to="/"
        search={{ region, grain: 'day', window: day }}
        activeProps={{}}
        className="grid min-h-11 justify-items-center gap-1 pb-1 sm:justify-items-start sm:px-2"
        title={`${one.title} – ${one.artist}`}
      >
        <SongTile songId={one.song_id} className="size-8 rounded-md" />
        <span dir="auto" className="w-full truncate text-xs font-semibold max-sm:sr-only">
          {one.title}
        </span>
        <span dir="auto" className="w-full truncate text-xs text-quiet max-sm:sr-only">
          {one.artist}
        </span>
      </Link>
    </>
  );
}
