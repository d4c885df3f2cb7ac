import { CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Grain } from '../api/shapes';
import { axisLook, rankAxis, tooltipLook } from '../ui/drawing-look';
import { words } from '../ui/english/compare';
import { localClock, utcDayAndMonth } from '../ui/times';
import { windowTitle } from '../windows/window-names';
import type { RankRow } from './rank-rows';

/** Told apart by their dashes, too: colour never says anything alone. */
const looks = [
  { stroke: 'var(--color-bar-lead)' },
  { stroke: 'var(--color-down)', strokeDasharray: '8 4' },
  { stroke: 'var(--color-up)', strokeDasharray: '2 3' },
  { stroke: 'var(--color-warn)', strokeDasharray: '10 3 2 3' },
];

interface RankLinesProps {
  rows: RankRow[];
  regionNames: string[];
  grain: Grain;
  summary: string;
}

/** One line of ranks for each region, 1 on top, broken where the song was not on the chart. */
export default function RankLines({ rows, regionNames, grain, summary }: RankLinesProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 300 }}>
      <LineChart
        data={rows}
        margin={{ top: 12, left: 0, right: 12 }}
        title={words.over[grain]}
        desc={summary}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="window"
          tickFormatter={grain === 'hour' ? localClock : utcDayAndMonth}
          minTickGap={40}
          padding={{ left: 12, right: 12 }}
          {...axisLook}
        />
        <YAxis {...rankAxis} allowDecimals={false} />
        <Legend
          verticalAlign="top"
          align="right"
          iconType="plainline"
          iconSize={28}
          wrapperStyle={{ paddingBottom: 12 }}
          itemSorter={null}
          formatter={(name) => <span className="text-sm text-quiet">{name}</span>}
        />
        <Tooltip
          labelFormatter={(window) => windowTitle(String(window), grain)}
          cursor={{ stroke: 'var(--color-control)' }}
          {...tooltipLook}
        />
        {regionNames.map((name, place) => (
          <Line
            key={name}
            dataKey={({ ranks }: RankRow) => ranks[place]}
            name={name}
            type="linear"
            strokeWidth={2.5}
            {...looks[place]}
            dot={{ r: 2.5, strokeDasharray: 'none', fill: looks[place]?.stroke }}
            activeDot={{ r: 5 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
