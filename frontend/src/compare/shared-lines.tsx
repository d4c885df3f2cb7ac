import { rankIn, TOP, topOf, type Column } from './column';

interface SharedLinesProps {
  left: Column | undefined;
  right: Column;
  /** The song under the pointer or the focus. */
  lit: string | undefined;
}

/** One line for each song that stands on both charts, from rank to rank. Decoration: rows say it in words. */
export function SharedLines({ left, right, lit }: SharedLinesProps) {
  const shared = left ? topOf(left) : [];
  return (
    <svg
      aria-hidden
      viewBox={`0 0 10 ${TOP}`}
      preserveAspectRatio="none"
      className="compare-lines hidden md:block"
      fill="none"
    >
      {shared.map(({ song_id, rank: from }) => {
        const to = rankIn(right, song_id);
        if (to === undefined || to > TOP) return null;
        return (
          <path
            key={song_id}
            d={`M0 ${from - 0.5} C5 ${from - 0.5} 5 ${to - 0.5} 10 ${to - 0.5}`}
            vectorEffect="non-scaling-stroke"
            className={look(lit, song_id)}
          />
        );
      })}
    </svg>
  );
}

function look(lit: string | undefined, songId: string) {
  if (lit === songId) return 'stroke-accent stroke-3';
  return lit === undefined ? 'stroke-bar stroke-2' : 'stroke-line stroke-2';
}
