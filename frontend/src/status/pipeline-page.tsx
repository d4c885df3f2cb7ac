import { useQuery, useQueryClient } from '@tanstack/react-query';
import { english } from '../ui/english';
import { words } from '../ui/english/status';
import { Notice } from '../ui/notice';
import { Panel } from '../ui/panel';
import { ChecksTable } from './checks-table';
import { CompleteThrough } from './complete-through';
import { DeeperLinks } from './deeper-links';
import { statusQuery } from './get-status';
import { PipelineSkeleton } from './pipeline-skeleton';
import { ReconciliationSection } from './reconciliation-section';
import { StageLine } from './stage-line';

/** Whether the numbers are fresh, stage by stage, and whether the checks hold. */
export function PipelinePage() {
  const queries = useQueryClient();
  const { data: status, error, failureReason } = useQuery(statusQuery);
  const problem = error ?? failureReason;
  return (
    <div className="grid grid-cols-1 gap-6">
      <title>{`${words.title} · ${english.app.name}`}</title>
      <header className="grid gap-2">
        <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{words.title}</h1>
        <p className="text-quiet">{words.intro}</p>
      </header>
      {problem && status && <Notice>{words.lastGood}</Notice>}
      {status && (
        <>
          <CompleteThrough status={status} />
          <StageLine status={status} />
          <ChecksTable checks={status.checks} />
        </>
      )}
      {status && <ReconciliationSection />}
      {!status &&
        (problem ? <Failed onRetry={() => void queries.resetQueries(statusQuery)} /> : <PipelineSkeleton />)}
      <DeeperLinks />
    </div>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const retry = (
    <button type="button" className="control" onClick={onRetry}>
      {english.states.retry}
    </button>
  );
  return (
    <Panel urgent title={words.failed} action={retry}>
      {english.states.unreachableDetail}
    </Panel>
  );
}
