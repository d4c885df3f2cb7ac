import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';
import { useNow } from '../ui/use-now';
import type { WindowView } from './parse-window';
import { windowAt, windowBeside } from './window-names';

const words = texts.charts;

interface View {
  name: string;
  grain: Grain | undefined;
  window: string | undefined;
  isShown: boolean;
}

/** Now, today and yesterday, as days of UTC. Any other window is none of them. */
function viewsAt(now: number, { grain, window }: WindowView): View[] {
  const today = windowAt(new Date(now), 'day');
  const yesterday = windowBeside(today, 'day', -1);
  const isDay = grain === 'day';
  return [
    { name: words.now, grain: undefined, window: undefined, isShown: !isDay && window === undefined },
    {
      name: words.today,
      grain: 'day',
      window: undefined,
      isShown: isDay && (window === undefined || window === today),
    },
    { name: words.yesterday, grain: 'day', window: yesterday, isShown: isDay && window === yesterday },
  ];
}

/** What most visitors want to see, each one press away. */
export function ViewSwitch({ view }: { view: WindowView }) {
  const now = useNow(60_000);
  return (
    <nav aria-label={words.views} className="segments max-sm:w-full">
      {viewsAt(now, view).map(({ name, grain, window, isShown }) => (
        <Link
          key={name}
          to="."
          search={(search) => ({ ...search, grain, window, revision: undefined, open: undefined })}
          // All lead to the page that is shown; only with the search does one of them stand for it.
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          aria-current={isShown ? 'true' : undefined}
          className="segment max-sm:grow"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
