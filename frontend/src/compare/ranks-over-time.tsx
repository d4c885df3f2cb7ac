import type { Grain } from '../api/shapes';
import { compare as words } from '../ui/texts/pages';
import { WhenNear } from '../ui/when-near';
import { entriesOf, sharedSongs, type Column } from './column';
import { SongRanks } from './song-ranks';

interface RanksOverTimeProps {
  columns: Column[];
  grain: Grain;
  window: string;
  /** The song that the address names; else the first shared one. */
  song: string | undefined;
  onChoose: (songId: string) => void;
}

/** How one shared song came to where it stands, in every region at once. */
export function RanksOverTime({ columns, grain, window, song, onChoose }: RanksOverTimeProps) {
  const songs = sharedSongs(columns);
  const chosen = song ?? songs[0]?.song_id;
  const isLoading = columns.some(({ answer, trouble }) => answer === undefined && !trouble);
  return (
    <section aria-labelledby="over-time" className="card grid gap-2 p-4 sm:p-6">
      <header>
        <h2 id="over-time" className="text-lg font-semibold">
          {words.over[grain]}
        </h2>
        <p className="text-sm text-quiet">{words.overIntro[grain]}</p>
      </header>
      <WhenNear className="min-h-112">
        {chosen === undefined ? (
          !isLoading && columns.some((column) => entriesOf(column).length > 0) && <p>{words.overNone}</p>
        ) : (
          <SongRanks
            songId={chosen}
            songs={songs}
            columns={columns}
            grain={grain}
            window={window}
            onChoose={onChoose}
          />
        )}
      </WhenNear>
    </section>
  );
}
