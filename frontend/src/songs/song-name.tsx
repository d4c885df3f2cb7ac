interface SongNameProps {
  title: string;
  artist: string;
  /** A word about the song, after the artist. */
  note?: string;
}

/** Title over artist; each in its own writing direction. */
export function SongName({ title, artist, note }: SongNameProps) {
  return (
    <>
      <span dir="auto" className="block truncate font-semibold" title={title}>
        {title}
      </span>
      <span className="flex gap-2 text-sm text-quiet">
        <span dir="auto" className="truncate" title={artist}>
          {artist}
        </span>
        {note && (
          <span className="shrink-0 rounded bg-tint px-1.5 text-xs leading-5 text-accent">{note}</span>
        )}
      </span>
    </>
  );
}
