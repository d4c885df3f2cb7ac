import { useQuery, useQueryClient } from '@tanstack/react-query';
import { hasCode } from '../api/api-problem';
import type { Entry } from '../api/shapes';
import { troubleOf } from '../api/trouble';
import { Drawer } from '../ui/drawer';
import { explain as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Skeleton } from '../ui/skeleton';
import { Explained } from './explained';
import { explanationQuery, type SongInWindow } from './get-explanation';
import { whyId } from './why-id';

interface ExplainDrawerProps {
  song: SongInWindow;
  /** The songs of the chart that is shown. */
  entries: Entry[];
  regionName: string;
  onClose: () => void;
}

/** Where a song's number comes from, beside the chart that shows it. */
export function ExplainDrawer({ song, entries, regionName, onClose }: ExplainDrawerProps) {
  const queries = useQueryClient();
  const query = explanationQuery(song);
  const asked = useQuery(query);
  const { data } = asked;
  const trouble = troubleOf(asked);
  const isUncounted = hasCode(trouble?.problem ?? null, 'not_computed');
  return (
    <Drawer title={words.title} onClose={onClose} opener={whyId(song.songId)}>
      {data && <Explained explanation={data} entries={entries} regionName={regionName} />}
      {!data && isUncounted && <p className="text-quiet">{words.notComputed}</p>}
      {!data && trouble && !isUncounted && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!data && !trouble && <Skeleton label={words.loading} className="h-96" />}
    </Drawer>
  );
}
