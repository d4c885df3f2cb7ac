import { Link } from '@tanstack/react-router';
import type { Revision } from '../api/shapes';
import { revisions as words } from '../ui/texts/pages';
import { instantName } from '../ui/instant-names';
import { windowAt } from '../windows/window-names';
import type { ChartWindow } from './get-revisions';
import { MovedSongs } from './moved-songs';

interface RevisionPartProps {
  revision: Revision;
  chart: ChartWindow;
  isShown: boolean;
}

/** One published state of the chart. */
export function RevisionPart({ revision, chart: { grain, start }, isShown }: RevisionPartProps) {
  const { revision: number, opened_at, changed_at, settled, causes, moved } = revision;
  return (
    <section aria-label={words.name(number)} className="grid gap-2 border-t border-line pt-4">
      <h3 className="font-semibold">
        {words.name(number)} {isShown && <span className="font-normal text-quiet">· {words.current}</span>}
      </h3>
      {causes.map((cause) => (
        <p key={cause} className="font-medium">
          {words.cause[cause]}
        </p>
      ))}
      {opened_at === null && <p>{words.first}</p>}
      <p className="text-sm text-quiet tabular-nums">
        {words.totals(revision.total_plays, revision.total_songs, revision.late)}
      </p>
      {opened_at && <p className="text-sm text-quiet tabular-nums">{words.opened(instantName(opened_at))}</p>}
      {changed_at && changed_at !== opened_at && (
        <p className="text-sm text-quiet tabular-nums">{words.changed(instantName(changed_at))}</p>
      )}
      {!isShown && (
        <p>
          <Link
            to="/"
            search={(search) => ({
              ...search,
              grain,
              window: windowAt(start, grain),
              revision: number,
              open: undefined,
            })}
            activeProps={{}}
            className="inline-flex min-h-11 items-center text-accent underline underline-offset-4"
          >
            {words.see}
          </Link>
        </p>
      )}
      {!settled && <p className="text-sm text-warn">{words.unsettled}</p>}
      {moved &&
        (moved.length > 0 ? <MovedSongs revision={number} moved={moved} /> : <p>{words.nothingMoved}</p>)}
    </section>
  );
}
