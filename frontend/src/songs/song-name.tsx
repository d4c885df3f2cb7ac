/** Title over artist; each in its own writing direction. */
export function SongName({ title, artist }: { title: string; artist: string }) {
  return (
    <>
      <span dir="auto" className="block truncate font-semibold" title={title}>
        {title}
      </span>
      <span dir="auto" className="block truncate text-sm text-quiet" title={artist}>
        {artist}
      </span>
    </>
  );
}
