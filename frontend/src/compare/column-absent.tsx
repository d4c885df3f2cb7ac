import { hasCode } from '../api/api-problem';
import { texts } from '../ui/texts';
import { compare as words } from '../ui/texts/pages';
import { Skeleton } from '../ui/skeleton';
import type { Column } from './column';

function why({ answer, trouble, name, region }: Column) {
  if (answer === 'not_computed') return words.notComputed;
  if (answer) return words.empty(texts.charts.inRegion(name));
  if (!trouble) return undefined;
  if (hasCode(trouble.problem, 'unknown_region')) return words.unknownRegion(region);
  return trouble.isOffline ? words.offline : words.failed;
}

interface ColumnAbsentProps {
  column: Column;
  /** Whether its songs are there and wait for those of the other regions. */
  isWaiting: boolean;
}

/** What stands where a region's songs would. */
export function ColumnAbsent({ column, isWaiting }: ColumnAbsentProps) {
  const sentence = isWaiting ? undefined : why(column);
  return (
    <div className="card">
      {sentence === undefined ? (
        <Skeleton label={words.loading} className="m-4 h-40" />
      ) : (
        <p role="status" className="p-4 text-sm text-quiet">
          {sentence}
        </p>
      )}
    </div>
  );
}
