import { Link } from '@tanstack/react-router';
import { english } from '../ui/english';
import { Hint } from '../ui/hint';

/** Says whether the newest chart is followed; while it is not, leads back to it. */
export function LiveSwitch({ live }: { live: boolean }) {
  const dot = (
    <span
      aria-hidden
      className={`size-2 rounded-full ${live ? 'bg-good motion-safe:animate-pulse' : 'bg-control'}`}
    />
  );
  return live ? (
    <Hint
      edge="right"
      sentence={english.charts.followNewest}
      className="control border-transparent bg-transparent"
    >
      {english.charts.live} {dot}
    </Hint>
  ) : (
    <Link
      to="."
      search={(search) => ({ ...search, window: undefined, open: undefined })}
      className="control"
      title={english.charts.paused}
    >
      {english.charts.goLive} {dot}
    </Link>
  );
}
