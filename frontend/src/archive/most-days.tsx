import { Link } from '@tanstack/react-router';
import type { NumberOne } from '../api/shapes';
import { groupBySong } from '../songs/group-by-song';
import { SongName } from '../songs/song-name';
import { SongTile } from '../songs/song-tile';
import { archive as words } from '../ui/texts/pages';

const SHOWN = 5;

/** The songs that led the most days. */
export function MostDays({ region, numberOnes }: { region: string; numberOnes: NumberOne[] }) {
  return (
    <section aria-labelledby="most-days" className="grid grid-cols-1 gap-2">
      <h2 id="most-days" className="text-lg font-semibold">
        {words.leaders}
      </h2>
      <ol className="card divide-y divide-line">
        {groupBySong(numberOnes)
          .slice(0, SHOWN)
          .map(({ first: one, rows: days }) => (
            <li key={one.song_id}>
              <Link
                to="/songs/$songId"
                params={{ songId: one.song_id }}
                search={{ region, grain: 'day' }}
                className="flex min-h-13 items-center gap-3 px-3 leading-5 hover:bg-hover"
              >
                <SongTile songId={one.song_id} className="size-9 rounded-lg" />
                <span className="min-w-0 grow">
                  <SongName title={one.title} artist={one.artist} />
                </span>
                <span className="shrink-0 font-semibold tabular-nums">{words.days(days.length)}</span>
              </Link>
            </li>
          ))}
      </ol>
    </section>
  );
}
