import { useState, type PointerEvent, type ReactNode } from 'react';
import { linePath } from './line-path';
import { useSize } from './use-size';

const TOP = 12;
const BOTTOM = 28;
const LEFT = 36;
const RIGHT = 14;
/** Never less deep than this, so that a step from 1 to 2 looks small. */
const SHALLOWEST = 10;
const LEVELS = [1, 5, 10, 20, 40, 60, 80, 100];
const TICK_WIDTH = 110;
const COLUMN_WIDTH = 14;
/** Columns reach a quarter of the height: the line is what matters. */
const COLUMN_SHARE = 0.25;

export interface RankSeries {
  name: string;
  /** A rank for each place on the axis; null where the song was not on the chart. */
  ranks: (number | null)[];
  stroke: string;
  dash?: string;
}

interface RankDrawingProps {
  /** Where each place stands on the axis: times or plain numbers, rising. */
  xs: number[];
  series: RankSeries[];
  /** Quiet columns under the line. */
  columns?: (number | null)[];
  title: string;
  tick: (place: number) => string;
  /** What is said about the place under the pointer; null for nothing. */
  tip: (place: number) => ReactNode;
}

/** Ranks over time, 1 on top, drawn by hand: the numbers behind it stand in a table beside it. */
export function RankDrawing({ xs, series, columns, title, tick, tip }: RankDrawingProps) {
  const [frame, { width, height }] = useSize();
  const [pointed, setPointed] = useState<number>();
  const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 0];
  const worst = Math.max(SHALLOWEST, ...series.flatMap(({ ranks }) => ranks.map((rank) => rank ?? 1)));
  const most = Math.max(1, ...(columns ?? []).map((number) => number ?? 0));
  const [floor, room] = [height - BOTTOM, width - LEFT - RIGHT];
  const xOf = (place: number) =>
    LEFT + (last === first ? room / 2 : (((xs[place] ?? 0) - first) / (last - first)) * room);
  const yOf = (rank: number) => TOP + ((rank - 1) / (worst - 1)) * (floor - TOP);
  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const x = clientX - currentTarget.getBoundingClientRect().left;
    setPointed(
      nearest(
        xs.map((_, place) => xOf(place)),
        x,
      ),
    );
  };
  const said = pointed === undefined ? null : tip(pointed);
  return (
    <div ref={frame} className="relative h-full">
      <svg
        role="img"
        aria-label={title}
        width={width}
        height={height}
        className="block max-w-full"
        onPointerMove={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        {LEVELS.filter((rank) => rank <= worst).map((rank) => (
          <g key={rank} className="rank-level">
            <line x1={LEFT} x2={width - RIGHT} y1={yOf(rank)} y2={yOf(rank)} />
            <text x={LEFT - 10} y={yOf(rank)} textAnchor="end" dominantBaseline="middle">
              {rank}
            </text>
          </g>
        ))}
        {columns?.map((number, place) => (
          <Column
            key={place}
            x={xOf(place)}
            floor={floor}
            height={((number ?? 0) / most) * floor * COLUMN_SHARE}
            width={Math.min(COLUMN_WIDTH, (room / xs.length) * 0.7)}
          />
        ))}
        {ticksOf(xs.length, room).map((place) => (
          <text key={place} x={xOf(place)} y={height - 6} textAnchor="middle" className="rank-tick">
            {tick(place)}
          </text>
        ))}
        {said !== null && pointed !== undefined && (
          <line x1={xOf(pointed)} x2={xOf(pointed)} y1={TOP} y2={floor} stroke="var(--color-control)" />
        )}
        {series.map(({ name, ranks, stroke, dash }) => (
          <g key={name} className="rank-series" style={{ stroke, fill: stroke }}>
            <path
              d={linePath(ranks.map((rank, place) => (rank === null ? null : [xOf(place), yOf(rank)])))}
              strokeDasharray={dash}
            />
            {ranks.map((rank, place) =>
              rank === null ? null : (
                <circle key={place} cx={xOf(place)} cy={yOf(rank)} r={place === pointed ? 5 : 2.5} />
              ),
            )}
          </g>
        ))}
      </svg>
      {said !== null && pointed !== undefined && (
        <div aria-hidden className="rank-tip" style={{ [xOf(pointed) > width / 2 ? 'right' : 'left']: 0 }}>
          {said}
        </div>
      )}
    </div>
  );
}

const Column = ({ x, floor, height, width }: { x: number; floor: number; height: number; width: number }) =>
  height > 0 ? (
    <rect x={x - width / 2} y={floor - height} width={width} height={height} fill="var(--color-column)" />
  ) : null;

/** Evenly spread places, as many as have room for their words. */
function ticksOf(places: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(places / Math.max(1, Math.floor(room / TICK_WIDTH))));
  return Array.from({ length: Math.ceil(places / step) }, (_, tick) => tick * step);
}

const nearest = (xs: number[], x: number) =>
  xs.reduce((best, each, place) => (Math.abs(each - x) < Math.abs((xs[best] ?? 0) - x) ? place : best), 0);
