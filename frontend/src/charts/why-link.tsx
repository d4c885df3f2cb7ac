import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Grain } from '../api/shapes';
import { whyId } from '../explain/why-id';
import type { RowContext } from './chart-row';

interface WhyLinkProps {
  songId: string;
  context: RowContext;
  /** Whether this is the link that gets the focus back. */
  isOpener?: boolean;
  label?: string;
  className: string;
  children: ReactNode;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The drawer was opened over the newest hour or day, not over one window: closing leads back to it. */
    follow?: Grain;
  }
}

/** Opens the explanation of a song's number without leaving the chart. */
export function WhyLink(props: WhyLinkProps) {
  const { songId, context, isOpener = true, label, className, children } = props;
  return (
    <Link
      to="/"
      // It names the window, so that it means the same for whoever opens it later.
      search={(search) => ({ ...search, grain: context.grain, window: context.window, open: songId })}
      state={{ follow: context.followed }}
      resetScroll={false}
      activeProps={{}}
      id={isOpener ? whyId(songId) : undefined}
      aria-label={label}
      className={className}
    >
      {children}
    </Link>
  );
}
