import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { subDays } from 'date-fns';
import { lazy } from 'react';
import type { Grain } from '../api/shapes';
import { RegionLabel } from '../regions/region-label';
import { words } from '../ui/english/songs';
import { WhenNear } from '../ui/when-near';
import { historyQuery } from './get-history';

const RankSpark = lazy(() => import('./rank-spark'));
const SKETCH_MS = 10_000;
const daysBack = { hour: 1, day: 30 };

interface RegionCardProps {
  songId: string;
  region: string;
  grain: Grain;
  start: string;
  plays: number;
}

/** One region: its plays, the song's rank there, and how the rank came about. Leads to the song there. */
export function RegionCard({ songId, region, grain, start, plays }: RegionCardProps) {
  const from = subDays(start, daysBack[grain]).toISOString();
  const { data } = useQuery({
    ...historyQuery({ songId, region, grain, from }),
    // Eight and more of them stand on the page: they may trail a little.
    staleTime: SKETCH_MS,
    refetchInterval: ({ state }) => (state.error ? false : SKETCH_MS),
  });
  const now = data?.appearances.find(({ window_start }) => Date.parse(window_start) === Date.parse(start));
  return (
    <li className="relative grid gap-1 rounded-2xl border border-line bg-surface p-3 shadow-xs hover:border-control sm:p-4">
      <Link
        to="/songs/$songId"
        params={{ songId }}
        search={{ region, grain }}
        className="truncate font-semibold after:absolute after:inset-0"
      >
        <RegionLabel region={region} />
      </Link>
      <p className="min-h-10 text-sm text-quiet tabular-nums">
        {data && (now ? <strong className="text-ink">{words.placed(now.rank)}</strong> : words.unplaced)}
        <span className="block">{words.regionPlays(plays)}</span>
      </p>
      <WhenNear isDecoration className="h-10">
        {data && data.appearances.length > 1 && <RankSpark appearances={data.appearances} grain={grain} />}
      </WhenNear>
    </li>
  );
}
