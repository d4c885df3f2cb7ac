import type { Entry } from '../api/shapes';
import { compare as words } from '../ui/texts/pages';

interface SongSelectProps {
  songs: Entry[];
  chosen: string;
  /** What the chosen song is called, for one that is not among the others. */
  title: string | undefined;
  onChoose: (songId: string) => void;
}

/** Which of the shared songs is drawn; one that a link names stays, though it is shared no more. */
export function SongSelect({ songs, chosen, title, onChoose }: SongSelectProps) {
  const isOther = !songs.some(({ song_id }) => song_id === chosen);
  return (
    <label className="screen-only flex min-w-0 items-center gap-3 text-sm font-medium">
      {words.overSong}
      <select
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
        className="control min-w-0 font-normal text-ellipsis"
      >
        {isOther && <option value={chosen}>{title ?? words.overLinked}</option>}
        {songs.map((song) => (
          <option key={song.song_id} value={song.song_id}>
            {song.title} – {song.artist}
          </option>
        ))}
      </select>
    </label>
  );
}
