import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { troubleOf, type Trouble } from '../api/trouble';
import { regionsQuery } from '../regions/get-regions';
import { isGuess } from '../regions/home-region';
import { GLOBAL } from '../regions/parse-region';
import { RegionHeadline } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { StandingNotice } from '../ui/standing-notice';
import { ViewSwitch } from '../windows/view-switch';
import { WindowStepper } from '../windows/window-stepper';
import { ChartAnnouncer } from './chart-announcer';
import { ChartBody } from './chart-body';
import { ChartDrawers } from './chart-drawers';
import { ChartProblem } from './chart-problem';
import { ALL, viewOf } from './chart-search';
import { ChartStatus } from './chart-status';
import { chartQuery, computed as computedOf } from './get-chart';
import { ShareMenu } from './share-menu';
import { EarlierVersion, InsteadOfNow } from './stand-in-notice';
import { useShownChart } from './use-shown-chart';

const route = getRouteApi('/');

/** The network is away; what this device kept stands for an answer. */
const AWAY: Trouble = { problem: null, detail: undefined, isOffline: true };

/** A region that was only guessed and has no charts gives way to the world. */
function useGuessThatHasCharts(region: string) {
  const navigate = route.useNavigate();
  const { data } = useQuery(regionsQuery);
  const isWrong = isGuess(region) && data !== undefined && !data.some((each) => each.region === region);
  useEffect(() => {
    if (isWrong)
      void navigate({
        search: (before) => ({ ...before, region: GLOBAL }),
        replace: true,
        resetScroll: false,
      });
  }, [isWrong, navigate]);
}

/** What is on top in one region and window. The address says which. */
export function ChartsPage() {
  const search = route.useSearch();
  const view = viewOf(search);
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { asked, answer, standIn } = useShownChart(view);
  const regionName = useRegionName(view.region);
  const shown = computedOf(answer);
  const trouble = troubleOf(asked) ?? (shown?.isKept ? AWAY : undefined);
  const grain = shown?.chart.grain ?? view.grain;
  const follow = useLocation({ select: ({ state }) => state.follow });
  useGuessThatHasCharts(view.region);

  // A drawer names its window in the address; over a chart that was followed, closing it follows again.
  const closeDrawer = () =>
    void navigate({
      search: {
        ...search,
        grain: follow ?? search.grain,
        window: follow === undefined ? search.window : undefined,
        open: undefined,
      },
      replace: true,
      resetScroll: false,
    });
  const chooseRegion = (region: string) =>
    void navigate({ search: (before) => ({ ...before, region, revision: undefined, open: undefined }) });

  return (
    <div className="grid grid-cols-1 gap-2 sm:gap-4">
      <DocumentTitle>{texts.charts.documentTitle(shown?.entries[0]?.title, regionName)}</DocumentTitle>
      <header className="flex items-start justify-between gap-2">
        <RegionHeadline region={view.region} onChoose={chooseRegion} />
        <div className="screen-only">{shown && <ShareMenu answer={shown} regionName={regionName} />}</div>
      </header>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 sm:justify-start">
        <ViewSwitch view={view} />
        <WindowStepper
          region={view.region}
          grain={grain}
          start={shown?.chart.window_start ?? view.window ?? (trouble || answer ? null : undefined)}
        />
        {shown && (
          <ChartStatus
            answer={shown}
            answeredAt={asked.dataUpdatedAt}
            isFollowed={view.window === undefined && standIn === undefined}
            trouble={trouble}
          />
        )}
      </div>
      {shown && standIn && <InsteadOfNow shown={shown} standIn={standIn} />}
      {view.revision !== undefined && <EarlierVersion revision={view.revision} />}
      {answer !== undefined && <StandingNotice trouble={trouble} age={shown?.age} />}
      {trouble && answer === undefined ? (
        <ChartProblem
          trouble={trouble}
          region={view.region}
          onRetry={() => void queries.resetQueries(chartQuery(view))}
        />
      ) : (
        <ChartBody answer={answer} view={view} regionName={regionName} isWhole={search.limit === ALL} />
      )}
      <ChartAnnouncer answer={shown} regionName={regionName} />
      {shown && (
        <ChartDrawers open={search.open} answer={shown} regionName={regionName} onClose={closeDrawer} />
      )}
    </div>
  );
}
