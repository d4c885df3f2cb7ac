import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { RegionPicker } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { english } from '../ui/english';
import { Notice } from '../ui/notice';
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
  const { data: answer, dataUpdatedAt, error, failureReason, fetchStatus } = useQuery(query);
  const regionName = useRegionName(view.region);

  const computed = answer === 'not_computed' ? undefined : answer;
  const problem = error ?? failureReason;
  const offline = fetchStatus === 'paused';
  const failing = problem !== null || offline;

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
          start={computed?.chart.window_start ?? view.window ?? (failing || answer ? null : undefined)}
        />
        <LiveSwitch live={view.window === undefined} />
      </div>
      {(computed !== undefined || !failing) && answer !== 'not_computed' && (
        <ChartFacts answer={computed} answeredAt={dataUpdatedAt} view={view} />
      )}
      {failing && answer !== undefined && (
        <Notice>{offline ? english.states.offlineLastGood : english.states.lastGood}</Notice>
      )}
      {failing && answer === undefined ? (
        <ChartProblem
          error={problem}
          offline={offline}
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
