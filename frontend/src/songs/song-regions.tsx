import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Grain, Placement } from '../api/shapes';
import { RegionLabel } from '../regions/region-label';
import { runOf } from './run-of';
import { texts } from '../ui/texts';
import { songs as words } from '../ui/texts/pages';
import { FailedPart } from '../ui/failed-part';
import { formatCount } from '../ui/numbers';
import { Skeleton } from '../ui/skeleton';
import { windowWithUtc } from '../windows/window-names';
import { placementsQuery } from './get-placements';
import { Movement } from './movement';

interface SongRegionsProps {
  songId: string;
  grain: Grain;
  /** First instant of the window that the ranks are of. */
  start: string;
}

/** Every region whose chart has the song in one window, best rank first, in one request. */
export function SongRegions({ songId, grain, start }: SongRegionsProps) {
  const { data, failureReason, refetch } = useQuery(placementsQuery(songId, grain, start));
  return (
    <section aria-labelledby="regions" className="grid gap-3">
      <header>
        <h2 id="regions" className="text-lg font-semibold">
          {words.regions}
        </h2>
        <p className="text-sm text-quiet">{words.regionsIntro(windowWithUtc(start, grain))}</p>
      </header>
      {failureReason && !data && <FailedPart sentence={words.regionsFailed} onRetry={() => void refetch()} />}
      {!data && !failureReason && <Skeleton label={words.loading} className="h-32" />}
      {data && <Regions songId={songId} grain={grain} placements={data} />}
    </section>
  );
}

function Regions({ songId, grain, placements }: { songId: string; grain: Grain; placements: Placement[] }) {
  const figure = 'px-2 text-right sm:px-4';
  const wide = `${figure} hidden sm:table-cell`;
  return (
    <div className="card overflow-hidden">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{words.regions}</caption>
        <thead className="text-quiet">
          <tr className="h-11">
            <th scope="col" className={`${figure} font-medium`}>
              {words.rank}
            </th>
            <th scope="col" className="px-2 text-left font-medium">
              {words.region}
            </th>
            <th scope="col" className="px-2 text-center font-medium">
              {words.movement}
            </th>
            <th scope="col" className={`${figure} font-medium`}>
              {words.plays}
            </th>
            <th scope="col" className={`${wide} font-medium`}>
              {texts.charts.best}
            </th>
            <th scope="col" className={`${wide} font-medium`}>
              {texts.charts.run}
            </th>
          </tr>
        </thead>
        <tbody>
          {placements.map((one) => (
            <tr key={one.region} className="h-11 border-t border-line">
              <td className={`${figure} text-base font-bold`}>{formatCount(one.rank)}</td>
              <th scope="row" className="px-2 text-left font-normal">
                <Link
                  to="/songs/$songId"
                  params={{ songId }}
                  search={{ region: one.region, grain }}
                  className="inline-flex min-h-11 max-w-full items-center font-semibold hover:underline"
                >
                  <RegionLabel region={one.region} />
                </Link>
              </th>
              <td className="px-2 text-center whitespace-nowrap">
                <Movement
                  movement={one.movement}
                  places={Math.abs((one.previous_rank ?? one.rank) - one.rank)}
                />
              </td>
              <td className={figure}>{formatCount(one.plays)}</td>
              <td className={wide}>{texts.charts.bestRank(one.peak_rank)}</td>
              <td className={wide}>{runOf(grain, one.streak)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
