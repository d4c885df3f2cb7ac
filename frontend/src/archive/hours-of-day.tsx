import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addDays } from 'date-fns';
import { SongName } from '../songs/song-name';
import { SongTile } from '../songs/song-tile';
import { archive as words } from '../ui/texts/pages';
import { FailedPart } from '../ui/failed-part';
import { Skeleton } from '../ui/skeleton';
import { utcDay } from '../ui/times';
import { hourTitle, windowAt } from '../windows/window-names';
import { numberOnesQuery } from './get-number-ones';

/** The number one of every hour of one day of UTC, first hour first. */
export function HoursOfDay({ region, day }: { region: string; day: string }) {
  const from = new Date(day).toISOString();
  const to = addDays(from, 1).toISOString();
  const { data, failureReason, refetch } = useQuery(numberOnesQuery({ region, grain: 'hour', from, to }));
  return (
    <section aria-labelledby="hours" className="grid grid-cols-1 gap-2">
      <h2 id="hours" className="text-lg font-semibold">
        {words.hoursOf(utcDay(day))}
      </h2>
      {!data && failureReason && <FailedPart sentence={words.failed} onRetry={() => void refetch()} />}
      {!data && !failureReason && <Skeleton label={words.loading} className="h-40" />}
      <ul className="grid grid-cols-1 gap-1.5 sm:grid-cols-2 lg:grid-cols-3">
        {data?.toReversed().map((one) => (
          <li key={one.window_start}>
            <Link
              to="/"
              search={{ region, window: windowAt(one.window_start, 'hour') }}
              activeProps={{}}
              className="card flex min-h-12 items-center gap-3 px-3 py-1.5 hover:border-control"
            >
              <span className="w-24 shrink-0 text-sm text-quiet tabular-nums">
                {hourTitle(one.window_start)}
              </span>
              <SongTile songId={one.song_id} className="size-8 rounded-md" />
              <span className="min-w-0 leading-5">
                <SongName title={one.title} artist={one.artist} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
