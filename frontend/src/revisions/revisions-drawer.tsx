import { useQuery, useQueryClient } from '@tanstack/react-query';
import { troubleOf } from '../api/trouble';
import { Drawer } from '../ui/drawer';
import { revisions as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Skeleton } from '../ui/skeleton';
import { BADGE_ID } from './badge-id';
import { revisionsQuery, type ChartWindow } from './get-revisions';
import { RevisionPart } from './revision-part';

/** What was restated of a chart: when, why, and who moved. */
export function RevisionsDrawer({ chart, onClose }: { chart: ChartWindow; onClose: () => void }) {
  const queries = useQueryClient();
  const query = revisionsQuery(chart);
  const asked = useQuery(query);
  const { data } = asked;
  const trouble = troubleOf(asked);
  return (
    <Drawer title={words.title} onClose={onClose} opener={BADGE_ID}>
      <p className="text-quiet">{words.intro}</p>
      {data?.map((revision, index) => (
        <RevisionPart key={revision.revision} revision={revision} chart={chart} isShown={index === 0} />
      ))}
      {!data && trouble && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {!data && !trouble && <Skeleton label={words.loading} className="h-72" />}
    </Drawer>
  );
}
