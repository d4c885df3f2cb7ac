import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { detailOf } from '../api/api-problem';
import { GLOBAL } from '../regions/parse-region';
import { RegionPicker } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { english } from '../ui/english';
import { words } from '../ui/english/songs';
import { Failure } from '../ui/failure';
import { Notice } from '../ui/notice';
import { Skeleton } from '../ui/skeleton';
import { GrainSwitch } from '../windows/grain-switch';
import { historyQuery } from './get-history';
import { SongAbsent } from './song-absent';
import { SongTitle } from './song-title';
import { SongView } from './song-view';

const route = getRouteApi('/songs/$songId');

/** How one song does over time in one region, and where else it is played. The address says which. */
export function SongPage() {
  const { songId } = route.useParams();
  const { region = GLOBAL, grain = 'hour' } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const regionName = useRegionName(region);
  const query = historyQuery({ songId, region, grain });
  const { data: history, error, failureReason, fetchStatus } = useQuery(query);
  const problem = error ?? failureReason;
  const offline = fetchStatus === 'paused';
  const failing = problem !== null || offline;
  return (
    <div className="grid grid-cols-1 gap-6">
      <title>{words.documentTitle(history?.title ?? english.charts.song, regionName)}</title>
      <SongTitle songId={songId} grain={grain} history={history} />
      <div className="screen-only flex flex-wrap items-center gap-2">
        <RegionPicker
          region={region}
          onChoose={(chosen) => void navigate({ search: (search) => ({ ...search, region: chosen }) })}
        />
        <GrainSwitch view={{ grain, window: undefined }} />
        <Link to="/" search={{ region, grain }} className="control">
          {words.backToChart}
        </Link>
      </div>
      {failing && history && (
        <Notice>{offline ? english.states.offlineLastGood : english.states.lastGood}</Notice>
      )}
      {failing && !history && (
        <Failure
          title={words.failed}
          detail={detailOf(problem)}
          offline={offline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!failing && !history && <Skeleton label={words.loading} className="h-112" />}
      {history && history.appearances.length === 0 && (
        <SongAbsent songId={songId} region={region} regionName={regionName} grain={grain} />
      )}
      {history && history.appearances.length > 0 && <SongView history={history} regionName={regionName} />}
    </div>
  );
}
