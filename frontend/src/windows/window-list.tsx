import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Grain, Window } from '../api/shapes';
import { texts } from '../ui/texts';
import { join } from '../ui/join';
import { FailedPart } from '../ui/failed-part';
import { Skeleton } from '../ui/skeleton';
import { windowsQuery } from './get-windows';
import { dayHere, dayTitle, hourInUtc, hourTitle, windowAt } from './window-names';

const PAGE = 24;
const words = texts.charts;

interface WindowListProps {
  region: string;
  grain: Grain;
  /** The window on the screen. */
  shown: string | undefined;
  onChoose: () => void;
}

/** Which windows are counted, newest first, with how sure each is and its plays; a page at a time. */
export function WindowList({ region, grain, shown, onChoose }: WindowListProps) {
  const [before, setBefore] = useState<string>();
  const {
    data: windows,
    failureReason,
    refetch,
  } = useQuery(windowsQuery({ region, grain, before, limit: PAGE }));
  if (failureReason && windows === undefined)
    return <FailedPart className="p-4" sentence={words.windowsFailed} onRetry={() => void refetch()} />;
  if (windows === undefined) return <Skeleton label={texts.windows.choose} className="m-4 h-40" />;
  const oldest = windows.at(-1)?.window_start;
  return (
    <nav aria-label={texts.windows.choose} className="max-h-80 overflow-y-auto p-1.5">
      <ul>
        {windows.map((window) => (
          <li key={window.window_start}>
            <WindowLink window={window} grain={grain} shown={shown} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {windows.length === 0 && <p className="p-3 text-sm text-quiet">{words.noWindows}</p>}
      {windows.length === PAGE && (
        <button type="button" className="control mt-1 w-full" onClick={() => setBefore(oldest)}>
          {words.olderWindows}
        </button>
      )}
    </nav>
  );
}

interface WindowLinkProps {
  window: Window;
  grain: Grain;
  shown: string | undefined;
  onChoose: () => void;
}

function WindowLink({ window, grain, shown, onChoose }: WindowLinkProps) {
  const { window_start: start, status, revision, total_plays } = window;
  const isShown = shown !== undefined && windowAt(shown, grain) === windowAt(start, grain);
  const freshness = revision > 1 ? texts.freshness.corrected(revision) : texts.freshness[status];
  const below = grain === 'day' ? dayHere(start) : join([dayTitle(start, grain), hourInUtc(start)]);
  return (
    <Link
      to="."
      search={(search) => ({
        ...search,
        grain,
        window: windowAt(start, grain),
        revision: undefined,
        open: undefined,
      })}
      onClick={onChoose}
      activeProps={{}}
      aria-current={isShown ? 'true' : undefined}
      className="flex min-h-12 items-center justify-between gap-3 rounded-lg px-3 text-left text-sm tabular-nums hover:bg-tint aria-[current]:font-semibold aria-[current]:text-accent"
    >
      <span>
        <span className="block">{grain === 'hour' ? hourTitle(start) : dayTitle(start, grain)}</span>
        <span className="block text-xs text-quiet">{below}</span>
      </span>
      <span className="text-right">
        <span className="block">{words.windowPlays(total_plays)}</span>
        <span className="block text-xs text-quiet">{freshness}</span>
      </span>
    </Link>
  );
}
