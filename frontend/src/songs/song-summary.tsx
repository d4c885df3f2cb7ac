import { useQuery } from '@tanstack/react-query';
import type { SongHistory } from '../api/shapes';
import { chartQuery } from '../charts/get-chart';
import { songs as words } from '../ui/texts/pages';
import { utcDayAndMonth } from '../ui/times';
import { windowAt, windowTitle } from '../windows/window-names';

/** What the line below shows, in one sentence; the figures are those of the song's newest chart. */
export function SongSummary({ history }: { history: SongHistory }) {
  const { appearances, region, grain, song_id } = history;
  const [first, last] = [appearances[0], appearances.at(-1)];
  const newest = last && windowAt(last.window_start, grain);
  const { data } = useQuery({
    ...chartQuery({ region, grain, window: newest }),
    enabled: newest !== undefined,
  });
  const computed = data === 'not_computed' ? undefined : data;
  const entry = computed?.entries.find((each) => each.song_id === song_id);
  if (!first || !last) return null;
  const isWhole = entry?.windows_on_chart === appearances.length;
  return (
    <p className="min-h-14 text-lg text-pretty sm:min-h-7">
      {entry &&
        words.summary(
          isWhole ? first.rank : undefined,
          entry.peak_rank,
          utcDayAndMonth(entry.peak_at),
          entry.windows_on_chart,
          grain,
        )}{' '}
      <span className="text-quiet">{words.last(windowTitle(last.window_start, grain), last.rank)}</span>
    </p>
  );
}
