import type { ReactNode } from 'react';

interface PanelProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  urgent?: boolean;
  /** Whether this is all that the page says. */
  isPage?: boolean;
}

/** A state said in words where the data would stand. */
export function Panel({ title, children, action, urgent = false, isPage = false }: PanelProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <section
      role={urgent ? 'alert' : 'status'}
      className="grid min-h-96 content-center justify-items-center gap-3 rounded-2xl border border-line bg-surface px-6 py-16 text-center"
    >
      <Heading className="text-xl font-semibold text-balance">{title}</Heading>
      {children && <div className="max-w-md text-pretty text-quiet">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </section>
  );
}
