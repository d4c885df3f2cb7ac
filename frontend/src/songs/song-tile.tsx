/** Spreads neighbouring identities over all colours (Knuth's multiplicative hash). */
const hash = (songId: string) => Math.imul(Number.parseInt(songId.slice(-8), 16) || 0, 2_654_435_761) >>> 0;

/** A song's own two colours, the same everywhere. Decoration: the title stands beside it. */
export function SongTile({ songId, className }: { songId: string; className: string }) {
  const number = hash(songId);
  const hue = number % 360;
  const other = (hue + 50 + ((number >>> 9) % 110)) % 360;
  const angle = (number >>> 17) % 360;
  return (
    <span
      aria-hidden
      className={`tile block shrink-0 ${className}`}
      style={{
        background: `linear-gradient(${angle}deg, oklch(0.62 0.16 ${hue}), oklch(0.42 0.14 ${other}))`,
      }}
    />
  );
}
