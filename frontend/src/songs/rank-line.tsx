import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type DotItemDotProps,
} from 'recharts';
import type { Appearance, Grain } from '../api/shapes';
import { axisLook, rankAxis, tooltipLook } from '../ui/drawing-look';
import { words } from '../ui/english/songs';
import { formatCount } from '../ui/numbers';
import { localClock, localDayAndMonth, utcDayAndMonth } from '../ui/times';
import { windowTitle } from '../windows/window-names';
import { rankPoints, type RankPoint } from './rank-points';

const DOTS_UP_TO = 120;
const DAY_MS = 86_400_000;

interface RankLineProps {
  appearances: Appearance[];
  grain: Grain;
  summary: string;
}

/** Rank over time, 1 on top, over quiet columns of plays; loaded only when there is something to draw. */
export default function RankLine({ appearances, grain, summary }: RankLineProps) {
  const points = rankPoints(appearances, grain);
  const [first, last] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 0];
  const tick = (time: number) => {
    if (grain === 'day') return utcDayAndMonth(time);
    return last - first < 2 * DAY_MS ? localClock(time) : `${localDayAndMonth(time)} ${localClock(time)}`;
  };
  const dot = ({ cx, cy, payload }: DotItemDotProps) =>
    cx !== undefined &&
    cy !== undefined &&
    ((payload as RankPoint).isAlone || points.length <= DOTS_UP_TO) ? (
      <circle key={cx} cx={cx} cy={cy} r={2.5} fill="var(--color-bar-lead)" />
    ) : (
      <g key={cx} />
    );
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 400 }}>
      <ComposedChart
        data={points}
        margin={{ top: 12, left: 0, right: 8 }}
        title={words.rankTitle[grain]}
        desc={summary}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          type="number"
          scale="time"
          dataKey="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={tick}
          minTickGap={48}
          padding={{ left: 12, right: 12 }}
          {...axisLook}
        />
        <YAxis yAxisId="rank" {...rankAxis} />
        <YAxis yAxisId="plays" orientation="right" hide domain={[0, (most: number) => 4 * most]} />
        <Bar
          yAxisId="plays"
          dataKey="plays"
          name={words.plays}
          fill="var(--color-column)"
          maxBarSize={14}
          isAnimationActive={false}
        />
        <Line
          yAxisId="rank"
          dataKey="rank"
          name={words.rank}
          type="linear"
          stroke="var(--color-bar-lead)"
          strokeWidth={2.5}
          dot={dot}
          activeDot={{ r: 5 }}
          connectNulls={false}
          isAnimationActive={false}
        />
        <Tooltip
          labelFormatter={(time) => windowTitle(new Date(Number(time)).toISOString(), grain)}
          formatter={(value) => formatCount(Number(value))}
          cursor={{ stroke: 'var(--color-control)' }}
          {...tooltipLook}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
