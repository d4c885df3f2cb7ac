import { texts } from '../ui/texts';
import { Panel } from '../ui/panel';

const words = texts.states;

/** A page that could not be loaded or drawn. */
export function BrokenPage() {
  const reload = (
    <button type="button" className="control" onClick={() => window.location.reload()}>
      {words.reload}
    </button>
  );
  return (
    <Panel urgent isPage title={words.broken} action={reload}>
      {words.brokenDetail}
    </Panel>
  );
}
