import { status as words } from '../ui/texts/pages';

const STAGES = 6;

/** Cards of the final size while the state loads. */
export function PipelineSkeleton() {
  return (
    <div role="status" aria-busy className="grid gap-3">
      <span className="sr-only">{words.loading}</span>
      <div className="skeleton h-7 w-96 max-w-full" />
      <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-6">
        {Array.from({ length: STAGES }, (_, card) => (
          <div key={card} className="h-56 rounded-2xl border border-line bg-surface p-4">
            <div className="skeleton h-5 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
