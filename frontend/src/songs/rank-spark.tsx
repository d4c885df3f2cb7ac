import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Appearance, Grain } from '../api/shapes';
import { rankPoints } from './rank-points';

/** A small line of ranks, 1 on top, with nothing to read but its course. */
export default function RankSpark({ appearances, grain }: { appearances: Appearance[]; grain: Grain }) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 160, height: 40 }}>
      <LineChart
        data={rankPoints(appearances, grain)}
        margin={{ top: 4, right: 4, bottom: 4, left: 4 }}
        accessibilityLayer={false}
      >
        <XAxis hide type="number" scale="time" dataKey="time" domain={['dataMin', 'dataMax']} />
        <YAxis hide reversed domain={[1, 'dataMax']} />
        <Line
          dataKey="rank"
          type="linear"
          stroke="var(--color-bar-lead)"
          strokeWidth={2}
          dot={false}
          connectNulls={false}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
