import { Bar, BarChart, CartesianGrid, Legend, Tooltip, XAxis, YAxis, ResponsiveContainer } from 'recharts';
import type { Entry } from '../api/shapes';
import { axisLook, tooltipLook } from '../ui/drawing-look';
import { english } from '../ui/english';
import { formatCount } from '../ui/numbers';

const shorten = (title: string) => (title.length > 18 ? `${title.slice(0, 17)}…` : title);

/** Plays and listeners of the first songs; loaded only when a chart is there to draw. */
export default function ChartBars({ entries, summary }: { entries: Entry[]; summary: string }) {
  const titles = new Map(entries.map((entry) => [entry.song_id, `${entry.rank}. ${entry.title}`]));
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 400 }}>
      <BarChart
        data={entries}
        layout="vertical"
        barGap={2}
        margin={{ left: 8, right: 16 }}
        title={english.charts.barsTitle(entries.length)}
        desc={summary}
      >
        <CartesianGrid horizontal={false} stroke="var(--color-line)" />
        <XAxis
          type="number"
          domain={[0, 'dataMax']}
          {...axisLook}
          tickFormatter={formatCount}
          allowDecimals={false}
        />
        <YAxis
          type="category"
          dataKey="song_id"
          width="auto"
          interval={0}
          {...axisLook}
          tickFormatter={(song: string) => shorten(titles.get(song) ?? song)}
        />
        <Tooltip
          cursor={{ fill: 'var(--color-tint)', opacity: 0.5 }}
          labelFormatter={(song) => titles.get(String(song))}
          formatter={(value) => formatCount(Number(value))}
          {...tooltipLook}
        />
        <Legend
          verticalAlign="top"
          align="right"
          iconType="circle"
          iconSize={10}
          height={36}
          itemSorter={null}
          formatter={(name) => <span className="text-sm text-quiet">{name}</span>}
        />
        <Bar
          dataKey="plays"
          name={english.charts.plays}
          fill="var(--color-bar-lead)"
          radius={[0, 4, 4, 0]}
          animationDuration={300}
          isAnimationActive="auto"
        />
        <Bar
          dataKey="listeners"
          name={english.charts.listeners}
          fill="var(--color-bar)"
          radius={[0, 4, 4, 0]}
          animationDuration={300}
          isAnimationActive="auto"
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
