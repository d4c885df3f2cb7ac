import { texts } from './texts';
import { Panel } from './panel';

const words = texts.states;

interface FailureProps {
  /** What failed when the api answered. */
  title: string;
  /** What the api said; undefined when it could not be reached. */
  detail: string | undefined;
  offline: boolean;
  onRetry: () => void;
}

/** What failed, why, and one button. */
export function Failure({ title, detail, offline, onRetry }: FailureProps) {
  const retry = (
    <button type="button" className="control" onClick={onRetry}>
      {words.retry}
    </button>
  );
  if (offline)
    return (
      <Panel urgent title={words.offline} action={retry}>
        {words.offlineDetail}
      </Panel>
    );
  return (
    <Panel urgent title={detail === undefined ? words.unreachable : title} action={retry}>
      {detail === undefined ? words.unreachableDetail : words.failedDetail(detail)}
    </Panel>
  );
}
