import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { hasCode } from '../api/api-problem';
import { troubleOf } from '../api/trouble';
import { GLOBAL } from '../regions/parse-region';
import { RegionPicker } from '../regions/region-picker';
import { useRegionName } from '../regions/use-region-name';
import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { songs as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Skeleton } from '../ui/skeleton';
import { StandingNotice } from '../ui/standing-notice';
import { GrainSwitch } from '../windows/grain-switch';
import { historyQuery } from './get-history';
import { NoSuchRegion, NoSuchSong, SongAbsent } from './song-absent';
import { isSongId } from './song-id';
import { SongTitle } from './song-title';
import { SongView } from './song-view';

const route = getRouteApi('/songs/$songId');

/** How one song does over time in one region, and where else it is played. The address says which. */
export function SongPage() {
  const { songId } = route.useParams();
  return isSongId(songId) ? <Song songId={songId} /> : <NoSuchSong />;
}

function Song({ songId }: { songId: string }) {
  const { region = GLOBAL, grain = 'hour', window } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const regionName = useRegionName(region);
  const query = historyQuery({ songId, region, grain });
  const asked = useQuery(query);
  const history = asked.data;
  const trouble = troubleOf(asked);
  const isNoRegion = hasCode(trouble?.problem ?? null, 'unknown_region');
  return (
    <div className="grid grid-cols-1 gap-6">
      <DocumentTitle>{words.documentTitle(history?.title ?? texts.charts.song, regionName)}</DocumentTitle>
      <SongTitle songId={songId} grain={grain} history={history} isLoading={!trouble} />
      <div className="screen-only flex flex-wrap items-center gap-2">
        <RegionPicker
          region={region}
          onChoose={(chosen) => void navigate({ search: (search) => ({ ...search, region: chosen }) })}
        />
        <GrainSwitch grain={grain} />
        <Link to="/" search={{ region, grain, window }} className="control">
          {words.backToChart}
        </Link>
      </div>
      {history && <StandingNotice trouble={trouble} age={history.age} />}
      {!history && isNoRegion && <NoSuchRegion songId={songId} region={region} grain={grain} />}
      {trouble && !history && !isNoRegion && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!trouble && !history && <Skeleton label={words.loading} className="h-112" />}
      {history && history.appearances.length === 0 && (
        <SongAbsent songId={songId} region={region} regionName={regionName} grain={grain} />
      )}
      {history && history.appearances.length > 0 && <SongView history={history} regionName={regionName} />}
    </div>
  );
}
