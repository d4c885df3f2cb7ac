import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { troubleOf } from '../api/trouble';
import { RegionPicker } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { english } from '../ui/english';
import { StandingNotice } from '../ui/standing-notice';
import { ChartDrawers } from './chart-drawers';
import { ChartBody } from './chart-body';
import { ChartFacts } from './chart-facts';
import { ChartProblem } from './chart-problem';
import { viewOf } from './chart-search';
import { chartQuery } from './get-chart';
import { GrainSwitch } from '../windows/grain-switch';
import { LiveSwitch } from './live-switch';
import { WindowStepper } from '../windows/window-stepper';

const route = getRouteApi('/');

/** What is on top in one region and window. The address says which. */
export function ChartsPage() {
  const search = route.useSearch();
  const view = viewOf(search);
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const query = chartQuery(view);
  const asked = useQuery(query);
  const { data: answer, dataUpdatedAt } = asked;
  const trouble = troubleOf(asked);
  const regionName = useRegionName(view.region);

  const computed = answer === 'not_computed' ? undefined : answer;

  const closeDrawer = () =>
    void navigate({
      search: (before) => ({ ...before, open: undefined }),
      replace: true,
      resetScroll: false,
    });

  return (
    <div className="grid grid-cols-1 gap-4">
      <title>{english.charts.documentTitle(computed?.entries[0]?.title, regionName)}</title>
      <RegionPicker
        headline
        region={view.region}
        onChoose={(region) => void navigate({ search: (before) => ({ ...before, region, open: undefined }) })}
      />
      <div className="screen-only flex flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:justify-start">
        <GrainSwitch view={view} />
        <WindowStepper
          region={view.region}
          view={view}
          start={computed?.chart.window_start ?? view.window ?? (trouble || answer ? null : undefined)}
        />
        <LiveSwitch live={view.window === undefined} />
      </div>
      {(computed !== undefined || !trouble) && answer !== 'not_computed' && (
        <ChartFacts answer={computed} answeredAt={dataUpdatedAt} view={view} />
      )}
      {answer !== undefined && <StandingNotice trouble={trouble} age={computed?.age} />}
      {trouble && answer === undefined ? (
        <ChartProblem
          trouble={trouble}
          region={view.region}
          onRetry={() => void queries.resetQueries(query)}
        />
      ) : (
        <ChartBody answer={answer} view={view} regionName={regionName} />
      )}
      {computed && (
        <ChartDrawers
          open={search.open}
          chart={computed.chart}
          view={view}
          regionName={regionName}
          onClose={closeDrawer}
        />
      )}
    </div>
  );
}
