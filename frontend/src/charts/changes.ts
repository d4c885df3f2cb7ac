import type { Entry } from '../api/shapes';

const climbed = ({ movement, previous_rank, rank }: Entry) =>
  movement === 'up' && previous_rank !== null ? previous_rank - rank : 0;

const best = (entries: Entry[], measure: (entry: Entry) => number) =>
  entries.reduce<Entry | undefined>(
    (leader, entry) => (measure(entry) > (leader ? measure(leader) : 0) ? entry : leader),
    undefined,
  );

export interface Changes {
  climber: { entry: Entry; places: number } | undefined;
  newcomer: Entry | undefined;
  longest: Entry | undefined;
}

/** What changed on a chart since the window before; of equal songs the higher one. Nothing where all is new. */
export function changesOf(entries: Entry[]): Changes {
  const climber = best(entries, climbed);
  const isFirst = entries.every(({ movement }) => movement === 'new');
  const longest = best(entries, ({ streak }) => streak - 1);
  return {
    climber: climber && { entry: climber, places: climbed(climber) },
    newcomer: isFirst ? undefined : entries.find(({ movement }) => movement === 'new'),
    longest,
  };
}
