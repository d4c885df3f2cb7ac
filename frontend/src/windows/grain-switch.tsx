import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { english } from '../ui/english';

const grains: Grain[] = ['hour', 'day'];

/** Hours or days on the same page. */
export function GrainSwitch({ grain: shown }: { grain: Grain }) {
  return (
    <nav aria-label={english.charts.grain} className="segments">
      {grains.map((grain) => (
        <Link
          key={grain}
          to="."
          search={(search) => ({ ...search, grain, window: undefined })}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          aria-current={grain === shown ? 'true' : undefined}
          className="segment"
        >
          {english.charts[grain]}
        </Link>
      ))}
    </nav>
  );
}
