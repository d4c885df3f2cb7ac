import { Link } from '@tanstack/react-router';
import { texts } from '../ui/texts';

/** Leads to the search for songs and artists. */
export const SearchLink = () => (
  <Link
    to="/find"
    activeOptions={{ includeSearch: false }}
    aria-label={texts.app.search}
    title={texts.app.search}
    className="grid size-11 shrink-0 place-items-center rounded-lg text-quiet hover:text-ink aria-[current=page]:text-ink max-[22rem]:w-9"
  >
    <svg aria-hidden viewBox="0 0 20 20" className="w-5" fill="none" stroke="currentColor" strokeWidth="1.75">
      <circle cx="9" cy="9" r="5.75" />
      <path d="m13.25 13.25 4 4" />
    </svg>
  </Link>
);
