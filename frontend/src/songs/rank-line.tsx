import type { Appearance, Grain } from '../api/shapes';
import { songs as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { RankDrawing } from '../ui/rank-drawing';
import { localClock, localDayAndMonth, utcDayAndMonth } from '../ui/times';
import { windowTitle } from '../windows/window-names';
import { rankPoints } from './rank-points';

const DAY_MS = 86_400_000;

interface RankLineProps {
  appearances: Appearance[];
  grain: Grain;
}

/** Rank over time, 1 on top, over quiet columns of plays. */
export function RankLine({ appearances, grain }: RankLineProps) {
  const points = rankPoints(appearances, grain);
  const xs = points.map(({ time }) => time);
  const isShort = (xs.at(-1) ?? 0) - (xs[0] ?? 0) < 2 * DAY_MS;
  const tick = (place: number) => {
    const time = xs[place] ?? 0;
    if (grain === 'day') return utcDayAndMonth(time);
    return isShort ? localClock(time) : `${localDayAndMonth(time)} ${localClock(time)}`;
  };
  const tip = (place: number) => {
    const point = points[place];
    if (!point || point.rank === null) return null;
    return (
      <>
        <b className="block">{windowTitle(new Date(point.time).toISOString(), grain)}</b>
        {`${words.rank}: ${formatCount(point.rank)} · ${words.plays}: ${formatCount(point.plays ?? 0)}`}
      </>
    );
  };
  return (
    <RankDrawing
      xs={xs}
      series={[{ name: words.rank, ranks: points.map(({ rank }) => rank), stroke: 'var(--color-bar-lead)' }]}
      columns={points.map(({ plays }) => plays)}
      title={words.rankTitle[grain]}
      tick={tick}
      tip={tip}
    />
  );
}
