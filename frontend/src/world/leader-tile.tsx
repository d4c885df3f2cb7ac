import { Link } from '@tanstack/react-router';
import type { Grain, Leader } from '../api/shapes';
import { Flag } from '../regions/flag';
import { Movement } from '../songs/movement';
import { SongTile } from '../songs/song-tile';
import { world as words } from '../ui/texts/pages';

interface LeaderTileProps {
  leader: Leader;
  name: string;
  grain: Grain;
  window: string | undefined;
  isLit: boolean;
  onLight: (songId: string | undefined) => void;
}

/** One region and its number one; leads to the region's chart. Pointer and focus light the song everywhere. */
export function LeaderTile({ leader, name, grain, window, isLit, onLight }: LeaderTileProps) {
  const { region, song_id, title, artist, plays, previous_rank } = leader;
  const places = previous_rank === null ? undefined : previous_rank - 1;
  const light = () => onLight(song_id);
  const putOut = () => onLight(undefined);
  return (
    <li>
      <Link
        to="/"
        search={{ region, grain: grain === 'day' ? grain : undefined, window }}
        activeProps={{}}
        onMouseEnter={light}
        onMouseLeave={putOut}
        onFocus={light}
        onBlur={putOut}
        className={`card flex h-full items-center gap-3 p-3 hover:border-control ${isLit ? 'leader-lit' : ''}`}
      >
        <SongTile songId={song_id} className="size-12 rounded-lg" />
        <span className="min-w-0 grow">
          <span className="flex items-center gap-1.5 text-xs font-semibold text-quiet">
            <Flag region={region} />
            <span className="truncate">{name}</span>
          </span>
          <span dir="auto" className="block truncate font-semibold" title={title}>
            {title}
          </span>
          <span dir="auto" className="block truncate text-sm text-quiet" title={artist}>
            {artist}
          </span>
        </span>
        <span className="shrink-0 text-right text-xs text-quiet tabular-nums">
          <span className="block">{words.plays(plays)}</span>
          <Movement movement={leader.movement} places={places} />
        </span>
      </Link>
    </li>
  );
}
