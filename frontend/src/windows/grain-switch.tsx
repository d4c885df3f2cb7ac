import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';

const grains: Grain[] = ['hour', 'day'];

/** Hours or days on the same page. */
export function GrainSwitch({ grain: shown }: { grain: Grain }) {
  return (
    <nav aria-label={texts.charts.grain} className="segments">
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
          {texts.charts[grain]}
        </Link>
      ))}
    </nav>
  );
}
