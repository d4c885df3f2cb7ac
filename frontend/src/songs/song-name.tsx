interface SongNameProps {
  title: string;
  artist: string;
}

/** Title over artist; each in its own writing direction. */
export function SongName({ title, artist }: SongNameProps) {
  return (
    <>
      <span dir="auto" className="block truncate font-semibold" title={title}>
        {title}
      </span>
      <span dir="auto" className="block truncate text-sm leading-[inherit] text-quiet" title={artist}>
        {artist}
      </span>
    </>
  );
}
