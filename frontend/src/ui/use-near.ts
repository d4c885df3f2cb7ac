import { startTransition, useEffect, useRef, useState } from 'react';

const MARGIN = '64px';

/** Whether an element has ever come near the screen; until then what is heavy need not be loaded. */
export function useNear<Shown extends HTMLElement>() {
  const element = useRef<Shown>(null);
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (isNear || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) startTransition(() => setIsNear(true));
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isNear]);
  return [element, isNear] as const;
}
