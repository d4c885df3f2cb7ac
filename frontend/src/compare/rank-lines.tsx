import type { Grain } from '../api/shapes';
import { compare as words } from '../ui/texts/pages';
import { RankDrawing } from '../ui/rank-drawing';
import { localClock, utcDayAndMonth } from '../ui/times';
import { windowTitle } from '../windows/window-names';
import type { RankRow } from './rank-rows';

/** Told apart by their dashes, too: colour never says anything alone. */
const looks = [
  { stroke: 'var(--color-bar-lead)' },
  { stroke: 'var(--color-down)', dash: '8 4' },
  { stroke: 'var(--color-up)', dash: '2 3' },
  { stroke: 'var(--color-warn)', dash: '10 3 2 3' },
];

interface RankLinesProps {
  rows: RankRow[];
  regionNames: string[];
  grain: Grain;
}

/** One line of ranks for each region, 1 on top, broken where the song was not on the chart. */
export function RankLines({ rows, regionNames, grain }: RankLinesProps) {
  const series = regionNames.map((name, place) => ({
    name,
    ranks: rows.map(({ ranks }) => ranks[place] ?? null),
    stroke: looks[place]?.stroke ?? '',
    dash: looks[place]?.dash,
  }));
  const windowAtPlace = (place: number) => rows[place]?.window ?? '';
  const tip = (place: number) => (
    <>
      <b className="block">{windowTitle(windowAtPlace(place), grain)}</b>
      {series.map(({ name, ranks }) => (
        <span key={name} className="block">
          {name}: {ranks[place] ?? '–'}
        </span>
      ))}
    </>
  );
  return (
    <div className="flex h-full flex-col">
      <ul className="flex flex-wrap justify-end gap-x-4 pb-2 text-sm text-quiet">
        {series.map(({ name, stroke, dash }) => (
          <li key={name} className="flex items-center gap-2">
            <svg aria-hidden width="28" height="4">
              <line x2="28" y1="2" y2="2" stroke={stroke} strokeDasharray={dash} strokeWidth="2.5" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div className="min-h-0 grow">
        <RankDrawing
          xs={rows.map((_, place) => place)}
          series={series}
          title={words.over[grain]}
          tick={(place) => (grain === 'hour' ? localClock : utcDayAndMonth)(windowAtPlace(place))}
          tip={tip}
        />
      </div>
    </div>
  );
}
