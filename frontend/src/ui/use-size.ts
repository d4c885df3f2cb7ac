import { useEffect, useRef, useState } from 'react';

const AT_FIRST = { width: 600, height: 300 };

/** The size of an element, followed as it changes. */
export function useSize() {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(AT_FIRST);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, size] as const;
}
