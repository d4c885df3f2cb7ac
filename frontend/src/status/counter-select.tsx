import type { ReconciliationLine } from '../api/shapes';
import { reconciliation as words } from '../ui/texts/pages';

export type Counter = keyof NonNullable<ReconciliationLine['whole']>;

const counters: Counter[] = ['plays', 'raw_plays', 'too_short', 'over_cap', 'duplicates', 'late'];

/** Which of the counters that add up the table shows. */
export function CounterSelect({
  counter,
  onChoose,
}: {
  counter: Counter;
  onChoose: (counter: Counter) => void;
}) {
  return (
    <label className="screen-only flex items-center gap-3 text-sm font-medium">
      {words.counter}
      <select
        value={counter}
        onChange={(event) => onChoose(event.target.value as Counter)}
        className="control font-normal"
      >
        {counters.map((each) => (
          <option key={each} value={each}>
            {words.counters[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
