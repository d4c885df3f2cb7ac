import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { troubleOf } from '../api/trouble';
import { regionsQuery } from '../regions/get-regions';
import { homeRegion } from '../regions/home-region';
import { GLOBAL } from '../regions/parse-region';
import { useRegionNames } from '../regions/use-region-name';
import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { compare as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Panel } from '../ui/panel';
import { StandingNotice } from '../ui/standing-notice';
import { ViewSwitch } from '../windows/view-switch';
import { WindowStepper } from '../windows/window-stepper';
import { CompareSwitch } from './compare-switch';
import { ComparedView } from './compared-view';
import { joinRegions, splitRegions } from './compare-search';
import { RanksOverTime } from './ranks-over-time';
import { standingOf, useColumns, useSharedWindow } from './use-columns';

const route = getRouteApi('/compare');

const AT_FIRST = 3;

/** The viewer's own region, the world and the first others, for an address that names none. */
function useChosenRegions(asked: string[]) {
  const regions = useQuery(regionsQuery);
  if (asked.length > 0) return asked;
  if (regions.data) {
    const charted = regions.data.map(({ region }) => region);
    const home = charted.filter((region) => region === homeRegion());
    return [...new Set([...home, ...charted])].slice(0, AT_FIRST);
  }
  return troubleOf(regions) ? [GLOBAL] : [];
}

/** The same window in two to four regions. The address says which. */
export function ComparePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const regions = useChosenRegions(splitRegions(search.regions));
  const nameOf = useRegionNames();
  const grain = search.grain ?? 'hour';
  const byWindow = search.by === 'time';
  const { window, trouble } = useSharedWindow(grain, search.window);
  const columns = useColumns(regions, grain, window ?? undefined);
  const choose = (chosen: string[]) =>
    void navigate({ search: (before) => ({ ...before, regions: joinRegions(chosen) }), resetScroll: false });
  const chooseSong = (song: string) =>
    void navigate({ search: (before) => ({ ...before, song }), replace: true, resetScroll: false });
  return (
    <div className="grid grid-cols-1 gap-4">
      <DocumentTitle>{words.documentTitle(regions.map(nameOf))}</DocumentTitle>
      <header className="grid gap-2">
        <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{words.title}</h1>
        <p className="text-pretty text-quiet">{words.intro}</p>
      </header>
      <div className="screen-only flex flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:justify-start">
        <ViewSwitch view={{ grain, window: search.window }} />
        <WindowStepper region={GLOBAL} grain={grain} start={window} />
      </div>
      <CompareSwitch byWindow={byWindow} />
      <StandingNotice {...standingOf(columns)} />
      {trouble && window === undefined ? (
        <Failure
          title={words.failedAll}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries({ queryKey: ['windows'] })}
        />
      ) : window === null ? (
        <Panel title={texts.states.noChartsTitle}>{texts.states.noCharts}</Panel>
      ) : (
        <>
          <ComparedView
            columns={columns}
            grain={grain}
            window={window}
            byWindow={byWindow}
            onChoose={choose}
          />
          {!byWindow && columns.length > 1 && window !== undefined && (
            <RanksOverTime
              columns={columns}
              grain={grain}
              window={window}
              song={search.song}
              onChoose={chooseSong}
            />
          )}
        </>
      )}
    </div>
  );
}
