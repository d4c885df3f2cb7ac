import { Link } from '@tanstack/react-router';
import { hasCode } from '../api/api-problem';
import type { Trouble } from '../api/trouble';
import { GLOBAL } from '../regions/parse-region';
import { texts } from '../ui/texts';
import { Failure } from '../ui/failure';
import { Panel } from '../ui/panel';

const words = texts.states;

interface ChartProblemProps {
  trouble: Trouble;
  region: string;
  onRetry: () => void;
}

/** Why there is no chart to show, and what to do about it. */
export function ChartProblem({ trouble, region, onRetry }: ChartProblemProps) {
  if (hasCode(trouble.problem, 'unknown_region')) return <UnknownRegion region={region} />;
  return (
    <Failure title={words.failed} detail={trouble.detail} offline={trouble.isOffline} onRetry={onRetry} />
  );
}

function UnknownRegion({ region }: { region: string }) {
  const toGlobal = (
    <Link to="/" search={(search) => ({ ...search, region: GLOBAL })} className="control">
      {words.toGlobal}
    </Link>
  );
  return (
    <Panel urgent title={words.unknownRegion(region)} action={toGlobal}>
      {words.unknownRegionDetail}
    </Panel>
  );
}
