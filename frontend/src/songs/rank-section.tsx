import type { SongHistory } from '../api/shapes';
import { songs as words } from '../ui/texts/pages';
import { windowTitle } from '../windows/window-names';
import { RankLine } from './rank-line';

const LONGEST = 1_000;

/** The line of ranks, and what it shows in words. */
export function RankSection({ history: { appearances, grain } }: { history: SongHistory }) {
  const [first, last] = [appearances[0], appearances.at(-1)];
  if (!first || !last) return null;
  const [from, to] = [windowTitle(first.window_start, grain), windowTitle(last.window_start, grain)];
  const isCut = appearances.length === LONGEST;
  const summary = words.chartSummary(words.gap, from, to);
  return (
    <figure className="rounded-2xl border border-line bg-surface p-4 shadow-xs sm:p-6">
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-lg font-semibold">{words.rankTitle[grain]}</h2>
        <p className="text-sm text-quiet">
          {isCut && `${words.newest(LONGEST, grain)} `}
          {words.legend}
        </p>
        <p className="sr-only">{summary}</p>
      </figcaption>
      <div className="h-72 sm:h-88">
        <RankLine appearances={appearances} grain={grain} />
      </div>
    </figure>
  );
}
