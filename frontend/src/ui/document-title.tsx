import { useLayoutEffect } from 'react';

/** Gives the document its title, before the page that has been opened is announced by it. */
export function DocumentTitle({ children }: { children: string }) {
  useLayoutEffect(() => {
    document.title = children;
  }, [children]);
  return null;
}
