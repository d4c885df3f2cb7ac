import { Link } from '@tanstack/react-router';
import type { Explanation, SongCounts } from '../api/shapes';
import { explain as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';

type Step = keyof typeof words.step;

/** The parts of all that was received, in the order in which they lie on the bar. */
const parts = ['plays', 'over_cap', 'too_short', 'duplicates'] as const;

/** From what was received down to what counts, and which parts each step shows. */
const steps: { step: Step; shows: readonly (typeof parts)[number][]; look: string }[] = [
  { step: 'received', shows: parts, look: 'bg-bar' },
  { step: 'duplicates', shows: ['duplicates'], look: 'bg-control' },
  { step: 'too_short', shows: ['too_short'], look: 'bg-down' },
  { step: 'over_cap', shows: ['over_cap'], look: 'bg-down' },
  { step: 'plays', shows: ['plays'], look: 'bg-bar-lead' },
];

const isTaken = (step: Step) => step !== 'received' && step !== 'plays';

/** A small waterfall: all that was received, what the rules take away, what counts. Steps of nothing are one line. */
export function CountSteps({ counts, rules }: Pick<Explanation, 'counts' | 'rules'>) {
  const numbers = { ...counts, received: counts.raw_plays + counts.duplicates };
  const figures: Partial<Record<Step, number>> = {
    too_short: rules.minimum_ms_played / 1_000,
    over_cap: rules.plays_per_listener_song_hour,
  };
  const zero = steps.filter(({ step }) => isTaken(step) && numbers[step] === 0);
  return (
    <div className="grid gap-3">
      <ol aria-label={words.steps} className="grid gap-4">
        {steps
          .filter((each) => !zero.includes(each))
          .map(({ step, shows, look }) => (
            <li key={step} className="grid gap-1.5">
              <p className="flex items-baseline justify-between gap-3">
                <span className={step === 'plays' ? 'font-bold' : 'font-medium'}>{words.step[step]}</span>
                <span className={`tabular-nums ${step === 'plays' ? 'text-lg font-bold' : 'font-semibold'}`}>
                  {isTaken(step) && '−'}
                  {formatCount(numbers[step])}
                </span>
              </p>
              <StepBar counts={counts} shows={shows} look={look} />
              <p className="text-sm text-quiet">
                {words.rule[step](figures[step] ?? 0)}{' '}
                <Link
                  to="/rules"
                  hash={words.learn[step]}
                  className="-my-2 inline-block px-1 py-2 text-accent underline underline-offset-2"
                  aria-label={words.ruleOf(words.step[step])}
                >
                  {words.ruleLink}
                </Link>
              </p>
            </li>
          ))}
      </ol>
      {zero.length > 0 && (
        <p className="text-sm text-quiet">{words.zero(zero.map(({ step }) => words.step[step]))}</p>
      )}
    </div>
  );
}

/** Every step draws all parts in their proportions, and colours only those that it is about. */
function StepBar({ counts, shows, look }: { counts: SongCounts; shows: readonly string[]; look: string }) {
  return (
    <span aria-hidden className="step-bar flex h-2.5 overflow-hidden rounded-full bg-page">
      {parts.map((part) => (
        <span
          key={part}
          className={`${shows.includes(part) ? look : ''} ${counts[part] > 0 ? 'min-w-0.5' : ''}`}
          style={{ flex: `${counts[part]} 0 0` }}
        />
      ))}
    </span>
  );
}
