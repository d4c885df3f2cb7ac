import { linePath } from '../ui/line-path';

const WIDTH = 72;
const HEIGHT = 22;
const INSET = 3;
/** The least depth that a line spans: a step from 1 to 2 should look small. */
const SHALLOW = 10;

interface RankPathProps {
  /** Ranks in the last windows, oldest first; null where the song was not on the chart. */
  ranks: (number | null)[];
}

/** A song's way over the last windows, rank 1 on top. Decoration: movement and best rank are said beside it. */
export function RankPath({ ranks }: RankPathProps) {
  const worst = Math.max(SHALLOW, ...ranks.map((rank) => rank ?? 1));
  const points = ranks.map((rank, place): [number, number] | null =>
    rank === null
      ? null
      : [
          INSET + (place * (WIDTH - 2 * INSET)) / Math.max(1, ranks.length - 1),
          // Roots, so that the places near the top stand apart.
          INSET + ((Math.sqrt(rank) - 1) / (Math.sqrt(worst) - 1)) * (HEIGHT - 2 * INSET),
        ],
  );
  const last = points.at(-1);
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="rank-path">
      <path d={linePath(points)} />
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" />}
    </svg>
  );
}
