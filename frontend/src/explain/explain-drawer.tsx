import { useQuery, useQueryClient } from '@tanstack/react-query';
import { detailOf, hasCode } from '../api/api-problem';
import { Drawer } from '../ui/drawer';
import { words } from '../ui/english/explain';
import { Failure } from '../ui/failure';
import { Skeleton } from '../ui/skeleton';
import { Explained } from './explained';
import { explanationQuery, type SongInWindow } from './get-explanation';
import { whyId } from './why-id';

interface ExplainDrawerProps {
  song: SongInWindow;
  regionName: string;
  onClose: () => void;
}

/** Where a song's number comes from, beside the chart that shows it. */
export function ExplainDrawer({ song, regionName, onClose }: ExplainDrawerProps) {
  const queries = useQueryClient();
  const query = explanationQuery(song);
  const { data, error, failureReason, fetchStatus } = useQuery(query);
  const problem = error ?? failureReason;
  const failing = problem !== null || fetchStatus === 'paused';
  return (
    <Drawer title={words.title} onClose={onClose} opener={whyId(song.songId)}>
      {data && <Explained explanation={data} regionName={regionName} />}
      {!data && hasCode(problem, 'not_computed') && <p className="text-quiet">{words.notComputed}</p>}
      {!data && failing && !hasCode(problem, 'not_computed') && (
        <Failure
          title={words.failed}
          detail={detailOf(problem)}
          offline={fetchStatus === 'paused'}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!data && !failing && <Skeleton label={words.loading} className="h-96" />}
    </Drawer>
  );
}
