import { Link } from '@tanstack/react-router';
import { ApiProblem, hasCode } from '../api/api-problem';
import { english } from '../ui/english';
import { Failure } from '../ui/failure';
import { Panel } from '../ui/panel';

const words = english.states;

interface ChartProblemProps {
  error: Error | null;
  offline: boolean;
  region: string;
  onRetry: () => void;
}

/** Why there is no chart to show, and what to do about it. */
export function ChartProblem({ error, offline, region, onRetry }: ChartProblemProps) {
  if (hasCode(error, 'unknown_region')) return <UnknownRegion region={region} />;
  const answered = error instanceof ApiProblem;
  return (
    <Failure
      title={answered ? words.failed : words.unreachable}
      detail={answered ? error.detail : undefined}
      offline={offline}
      onRetry={onRetry}
    />
  );
}

function UnknownRegion({ region }: { region: string }) {
  const toGlobal = (
    <Link to="/" search={(search) => ({ ...search, region: undefined })} className="control">
      {words.toGlobal}
    </Link>
  );
  return (
    <Panel urgent title={words.unknownRegion(region)} action={toGlobal}>
      {words.unknownRegionDetail}
    </Panel>
  );
}
