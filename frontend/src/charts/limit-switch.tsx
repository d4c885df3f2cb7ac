import { Link } from '@tanstack/react-router';
import { english } from '../ui/english';
import { ALL, TOP, type ChartView } from './chart-search';

/** From the top 10 to the whole chart and back; absent where the chart has no more. */
export function LimitSwitch({ view, songs }: { view: ChartView; songs: number }) {
  if (songs <= TOP) return null;
  const all = view.limit === ALL;
  return (
    <p className="screen-only text-center">
      <Link
        to="/"
        search={(search) => ({ ...search, limit: all ? undefined : ALL })}
        resetScroll={false}
        className="control px-6"
      >
        {all ? english.charts.showTop : english.charts.showAll}
      </Link>
    </p>
  );
}
