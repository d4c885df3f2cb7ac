import type { ReactNode } from 'react';

interface PanelProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  urgent?: boolean;
}

/** A state said in words where the data would stand. */
export function Panel({ title, children, action, urgent = false }: PanelProps) {
  return (
    <section
      role={urgent ? 'alert' : 'status'}
      className="grid min-h-96 content-center justify-items-center gap-3 rounded-2xl border border-line bg-surface px-6 py-16 text-center"
    >
      <h2 className="text-xl font-semibold text-balance">{title}</h2>
      {children && <div className="max-w-md text-pretty text-quiet">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </section>
  );
}
