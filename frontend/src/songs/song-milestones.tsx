import type { SongHistory } from '../api/shapes';
import { songs as words } from '../ui/texts/pages';
import { windowTitle } from '../windows/window-names';
import { milestonesOf } from './milestones';

/** When it entered, reached its best rank and was played most, and how often it led. */
export function SongMilestones({ history: { appearances, grain } }: { history: SongHistory }) {
  const found = milestonesOf(appearances);
  if (!found) return null;
  const at = (start: string) => windowTitle(start, grain);
  const facts: [name: string, fact: string, when: string][] = [
    [words.entered, words.placed(found.entered.rank), at(found.entered.window_start)],
    [words.bestPlace, words.placed(found.best.rank), at(found.best.window_start)],
    [words.mostPlayed, words.regionPlays(found.most.plays), at(found.most.window_start)],
    [words.led, words.ledFor(found.led, grain), ''],
  ];
  return (
    <dl className="grid grid-cols-2 gap-2 lg:grid-cols-4">
      {facts.map(([name, fact, when]) => (
        <div key={name} className="card px-4 py-3">
          <dt className="text-xs font-medium text-quiet">{name}</dt>
          <dd className="font-semibold tabular-nums">{fact}</dd>
          {when && <dd className="text-xs text-quiet tabular-nums">{when}</dd>}
        </div>
      ))}
    </dl>
  );
}
