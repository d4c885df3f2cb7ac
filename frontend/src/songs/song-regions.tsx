import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Grain } from '../api/shapes';
import { explanationQuery } from '../explain/get-explanation';
import { words } from '../ui/english/songs';
import { FailedPart } from '../ui/failed-part';
import { Skeleton } from '../ui/skeleton';
import { windowWithUtc } from '../windows/window-names';
import { RegionCard } from './region-card';

const FIRST = 8;

interface SongRegionsProps {
  songId: string;
  grain: Grain;
  /** First instant of the window that the regions are of. */
  start: string;
}

/** The regions that played the song in one window, in the api's order, each with its own line of ranks. */
export function SongRegions({ songId, grain, start }: SongRegionsProps) {
  const { data, failureReason, refetch } = useQuery(
    explanationQuery({ songId, region: 'global', grain, start }),
  );
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? data?.regions : data?.regions.slice(0, FIRST);
  const intro = grain === 'hour' ? words.regionsIntro : words.regionsIntroDays;
  return (
    <section aria-labelledby="regions" className="grid gap-3">
      <header>
        <h2 id="regions" className="text-lg font-semibold">
          {words.regions}
        </h2>
        <p className="text-sm text-quiet">{intro(windowWithUtc(start, grain))}</p>
      </header>
      {failureReason && !data && <FailedPart sentence={words.regionsFailed} onRetry={() => void refetch()} />}
      {!data && !failureReason && <Skeleton label={words.loading} className="h-32" />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3 md:grid-cols-4">
        {shown?.map(({ region, plays }) => (
          <RegionCard
            key={region}
            songId={songId}
            region={region}
            grain={grain}
            start={start}
            plays={plays}
          />
        ))}
      </ul>
      {data && !isWhole && data.regions.length > FIRST && (
        <p className="text-center">
          <button type="button" className="control px-6" onClick={() => setIsWhole(true)}>
            {words.moreRegions(data.regions.length)}
          </button>
        </p>
      )}
    </section>
  );
}
