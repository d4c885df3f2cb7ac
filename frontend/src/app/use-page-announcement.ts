import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

const TITLE_MS = 300;

/**
 * Moves the focus to another page when one is opened, and returns its title to be said aloud. On the same
 * page it stays, unless what had it is gone: then the page takes it, not the top of the document.
 */
export function usePageAnnouncement(): string {
  const router = useRouter();
  const [said, setSaid] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (fromLocation === undefined) return;
      const page = document.getElementById('page');
      // A page may have put the focus into its own field already.
      const isOutside = !page?.contains(document.activeElement);
      if (isOutside && (pathChanged || document.activeElement === document.body))
        page?.focus({ preventScroll: true });
      if (!pathChanged) return;
      clearTimeout(timer);
      // The title comes with the page's data, a moment later.
      timer = setTimeout(() => setSaid(document.title), TITLE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [router]);
  return said;
}
