import { useQuery } from '@tanstack/react-query';
import type { Grain, SongHistory } from '../api/shapes';
import { GLOBAL } from '../regions/parse-region';
import { texts } from '../ui/texts';
import { historyQuery } from './get-history';

interface SongTitleProps {
  songId: string;
  grain: Grain;
  history: SongHistory | undefined;
  /** Whether it may still come. */
  isLoading: boolean;
}

/** Title and artist as this region's charts spell them, else as the global ones do. */
export function SongTitle({ songId, grain, history, isLoading }: SongTitleProps) {
  const isNameless = history !== undefined && history.title === null;
  const { data: worldwide } = useQuery({
    ...historyQuery({ songId, region: GLOBAL, grain }),
    enabled: isNameless && history.region !== GLOBAL,
  });
  const { title, artist } = isNameless ? (worldwide ?? history) : (history ?? {});
  if (history === undefined)
    return (
      <header className="grid min-h-18 content-center gap-2">
        <h1 className="sr-only">{texts.charts.song}</h1>
        {isLoading && (
          <>
            <div className="skeleton h-9 w-72 max-w-full" />
            <div className="skeleton h-5 w-40" />
          </>
        )}
      </header>
    );
  return (
    <header className="min-h-18">
      <h1 dir="auto" className="text-3xl font-bold tracking-tight text-balance sm:text-4xl">
        {title ?? texts.charts.song}
      </h1>
      <p dir="auto" className="mt-1 text-lg text-quiet">
        {artist}
      </p>
    </header>
  );
}
