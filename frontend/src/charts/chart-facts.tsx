import { english } from '../ui/english';
import { localSeconds, utcDay, utcSeconds } from '../ui/times';
import type { ChartView } from './chart-search';
import { CopyLink } from './copy-link';
import { CsvButton } from './csv-button';
import { FreshnessBadge } from './freshness-badge';
import type { ComputedChart } from './get-chart';
import { windowAt } from '../windows/window-names';

interface ChartFactsProps {
  answer: ComputedChart | undefined;
  answeredAt: number;
  view: ChartView;
}

/** How sure, through when, and how many; and two ways to take the chart along. */
export function ChartFacts({ answer, answeredAt, view }: ChartFactsProps) {
  return (
    <div className="flex min-h-33 flex-wrap items-center justify-between gap-x-4 sm:min-h-11">
      {answer ? (
        <>
          <div className="flex flex-wrap items-center gap-x-4 text-sm text-quiet tabular-nums">
            <FreshnessBadge answer={answer} answeredAt={answeredAt} />
            {answer.chart.complete_through && (
              <CompleteThrough
                time={answer.chart.complete_through}
                isFinal={answer.chart.status === 'final'}
              />
            )}
            <span>{english.charts.totals(answer.chart.total_plays, answer.chart.total_songs)}</span>
          </div>
          <div className="screen-only flex items-center gap-2">
            <CsvButton view={{ ...view, window: windowAt(answer.chart.window_start, view.grain) }} />
            <CopyLink />
          </div>
        </>
      ) : (
        <span className="skeleton block h-4 w-64" />
      )}
    </div>
  );
}

/** A final chart may have been complete long ago: then the day is told too. */
function CompleteThrough({ time, isFinal }: { time: string; isFinal: boolean }) {
  const clock = utcSeconds(time);
  return (
    <time dateTime={time} title={english.charts.local(localSeconds(time))}>
      {english.charts.completeThrough(isFinal ? `${utcDay(time)}, ${clock}` : clock)}
    </time>
  );
}
