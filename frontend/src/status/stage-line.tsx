import { status as words } from '../ui/texts/pages';
import type { StatusAnswer } from './get-status';
import { StageCard } from './stage-card';

/** The stages in the order in which a play passes them. */
export function StageLine({ status }: { status: StatusAnswer }) {
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className="mb-3 text-lg font-semibold">
        {words.stages}
      </h2>
      <ol className="grid gap-x-5 gap-y-3 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-6">
        {status.stages.map((stage) => (
          <StageCard key={stage.stage} stage={stage} servedAt={status.servedAt} />
        ))}
      </ol>
    </section>
  );
}
