import { Link } from '@tanstack/react-router';
import { compare as words } from '../ui/texts/pages';

/** Regions side by side, or one region over time. */
export function CompareSwitch({ byWindow }: { byWindow: boolean }) {
  const way = (name: string, by: 'time' | undefined, isShown: boolean) => (
    <Link
      to="/compare"
      search={(search) => ({ ...search, by })}
      resetScroll={false}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={{}}
      aria-current={isShown ? 'true' : undefined}
      className="segment"
    >
      {name}
    </Link>
  );
  return (
    <nav aria-label={words.ways} className="segments screen-only justify-self-start">
      {way(words.byRegion, undefined, !byWindow)}
      {way(words.byWindow, 'time', byWindow)}
    </nav>
  );
}
