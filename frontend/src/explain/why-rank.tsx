import { useQuery } from '@tanstack/react-query';
import { subHours } from 'date-fns';
import type { Entry, Explanation } from '../api/shapes';
import { useRegionNames } from '../regions/use-region-name';
import { historyQuery } from '../songs/get-history';
import { explain as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { utcDayAndMonth, localClock } from '../ui/times';
import { hourTitle, windowAt, windowEnd } from '../windows/window-names';
import { pathUpTo, SHOWN } from './rank-path';

const STRONGEST = 3;
const KEPT_MS = 30_000;
const hoursIn = { hour: 1, day: 24 };

interface WhyRankProps {
  explanation: Explanation;
  /** The songs of the chart on which it stands, by rank. */
  entries: Entry[];
}

/** Why a song is at its rank: its lead, the path of its last windows, and where or when it was played most. */
export function WhyRank({ explanation, entries }: WhyRankProps) {
  const { rank, song_id, counts } = explanation;
  return (
    <section className="grid gap-2">
      <h3 className="font-semibold">{rank === null ? words.whyUnranked : words.whyRank(rank)}</h3>
      <p className="text-pretty">
        {leadOf(entries, song_id)} {words.listeners(counts.listeners)}
      </p>
      <Path explanation={explanation} />
      <Strongest explanation={explanation} />
    </section>
  );
}

/** How far the songs above and below are. */
function leadOf(entries: Entry[], songId: string) {
  const place = entries.findIndex((entry) => entry.song_id === songId);
  const [above, song, below] = [entries[place - 1], entries[place], entries[place + 1]];
  if (!song) return '';
  if (entries.length === 1) return words.alone;
  return [
    above && words.behind(above.plays - song.plays, above.rank),
    below && words.ahead(song.plays - below.plays, below.rank),
  ]
    .filter(Boolean)
    .join(' ');
}

function Path({ explanation }: { explanation: Explanation }) {
  const { song_id, region, grain, window_start } = explanation;
  const window = windowAt(window_start, grain);
  const { data } = useQuery({
    ...historyQuery({
      songId: song_id,
      region,
      grain,
      from: subHours(window_start, SHOWN * hoursIn[grain]).toISOString(),
      to: windowEnd(window_start, grain).toISOString(),
    }),
    staleTime: KEPT_MS,
  });
  if (!data) return <div className="h-14" />;
  // The last rank is the one that is explained: the history may trail it.
  const path = pathUpTo(data.appearances, window, grain).map((step) =>
    step.window === window ? { window, rank: explanation.rank ?? undefined } : step,
  );
  return (
    <div>
      <p className="text-sm text-quiet">{words.path[grain]}</p>
      <ol aria-label={words.path[grain]} className="flex flex-wrap gap-x-4 tabular-nums">
        {path.map(({ window: at, rank }) => (
          <li key={at} className="grid text-center">
            <span className="text-xs text-quiet">
              {grain === 'hour' ? localClock(at) : utcDayAndMonth(at)}
            </span>
            <span className={at === window ? 'font-bold' : ''}>
              {rank === undefined ? (
                <>
                  <span aria-hidden>–</span>
                  <span className="sr-only">{words.pathNone}</span>
                </>
              ) : (
                words.pathRank(rank)
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Of the world its first regions, of a day its first hours. */
function Strongest({ explanation: { regions, hours, grain } }: { explanation: Explanation }) {
  const nameOf = useRegionNames();
  const parts =
    regions.length > 0
      ? regions.map(({ region, plays }) => ({ name: nameOf(region), plays }))
      : grain === 'day'
        ? hours.map(({ window_start, plays }) => ({ name: hourTitle(window_start), plays }))
        : [];
  const first = parts.toSorted((one, other) => other.plays - one.plays).slice(0, STRONGEST);
  if (first.length === 0) return null;
  return (
    <div>
      <p className="text-sm text-quiet">{words.strongest[regions.length > 0 ? 'regions' : 'hours']}</p>
      <ol className="flex flex-wrap gap-x-4 tabular-nums">
        {first.map(({ name, plays }) => (
          <li key={name}>
            {name} <span className="text-quiet">{formatCount(plays)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
