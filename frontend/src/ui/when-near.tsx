import { Suspense, type ReactNode } from 'react';
import { useNear } from './use-near';

/** Keeps a place of this height, and fills it once it comes near the screen. */
export function WhenNear({ className, children }: { className: string; children: ReactNode }) {
  const [place, isNear] = useNear<HTMLDivElement>();
  return (
    <div ref={place} className={className}>
      {isNear && <Suspense fallback={null}>{children}</Suspense>}
    </div>
  );
}
