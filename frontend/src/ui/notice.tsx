import type { ReactNode } from 'react';

/** A word about the data that stays on the screen. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="rounded-xl border border-warn px-4 py-3 text-sm text-warn">
      {children}
    </p>
  );
}
