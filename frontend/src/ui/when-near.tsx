import { Suspense, type CSSProperties, type ReactNode } from 'react';
import { useNear } from './use-near';

interface WhenNearProps {
  /** Either sets the height. */
  className?: string;
  style?: CSSProperties;
  /** Whether screen readers need not know of it. */
  isDecoration?: boolean;
  children: ReactNode;
}

/** Keeps a place of some height, and fills it once it comes near the screen. */
export function WhenNear({ className, style, isDecoration, children }: WhenNearProps) {
  const [place, isNear] = useNear<HTMLDivElement>();
  return (
    <div ref={place} aria-hidden={isDecoration} className={className} style={style}>
      {isNear && <Suspense fallback={null}>{children}</Suspense>}
    </div>
  );
}
