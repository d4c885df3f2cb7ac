import { Link } from '@tanstack/react-router';
import { english } from '../ui/english';

const words = english.app;
const item =
  'inline-flex min-h-11 items-center text-quiet underline decoration-line underline-offset-4 hover:text-ink';

/** What operators and developers look for, out of the listeners' way. */
export function Footer() {
  return (
    <footer className="screen-only mt-10 border-t border-line py-4 text-sm">
      <nav aria-label={words.footer} className="flex flex-wrap gap-x-6">
        <Link to="/archive" className={item} activeProps={{}}>
          {words.archive}
        </Link>
        <Link to="/rules" className={item} activeProps={{}}>
          {words.rules}
        </Link>
        <Link to="/pipeline" className={item} activeProps={{}}>
          {words.upToDate}
        </Link>
        <a href="/docs" className={item}>
          {words.developers}
        </a>
      </nav>
    </footer>
  );
}
