import { useQuery, useQueryClient } from '@tanstack/react-query';
import { troubleOf } from '../api/trouble';
import { DocumentTitle } from '../ui/document-title';
import { texts } from '../ui/texts';
import { status as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { StandingNotice } from '../ui/standing-notice';
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
  const asked = useQuery(statusQuery);
  const status = asked.data;
  const trouble = troubleOf(asked);
  return (
    <div className="grid grid-cols-1 gap-6">
      <DocumentTitle>{`${words.title} · ${texts.app.name}`}</DocumentTitle>
      <header className="grid gap-2">
        <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{words.title}</h1>
        <p className="text-quiet">{words.intro}</p>
      </header>
      {status && (
        <>
          <StandingNotice trouble={trouble} age={status.age} />
          <CompleteThrough status={status} />
          <StageLine status={status} />
          <ChecksTable checks={status.checks} />
          <ReconciliationSection />
        </>
      )}
      {!status && trouble && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(statusQuery)}
        />
      )}
      {/* The links come with what stands above them, which would push them down. */}
      {status || trouble ? <DeeperLinks /> : <PipelineSkeleton />}
    </div>
  );
}
