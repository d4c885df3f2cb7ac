import { Link } from '@tanstack/react-router';
import type { Explanation, SongCounts } from '../api/shapes';
import { words } from '../ui/english/explain';
import { formatCount } from '../ui/numbers';

type Step = keyof typeof words.step;

/** The parts of all that was received, in the order in which they lie on the bar. */
const parts = ['plays', 'over_cap', 'too_short', 'duplicates'] as const;

/** From the most to the least, and which parts each step shows. */
const steps: { step: Step; sign: string; shows: readonly (typeof parts)[number][]; look: string }[] = [
  { step: 'duplicates', sign: '−', shows: ['duplicates'], look: 'bg-control' },
  { step: 'raw_plays', sign: '', shows: ['plays', 'over_cap', 'too_short'], look: 'bg-bar' },
  { step: 'too_short', sign: '−', shows: ['too_short'], look: 'bg-down' },
  { step: 'over_cap', sign: '−', shows: ['over_cap'], look: 'bg-down' },
  { step: 'plays', sign: '', shows: ['plays'], look: 'bg-bar-lead' },
];

/** A small waterfall: copies and what the rules take away, down to the plays that count. */
export function CountSteps({ counts, rules }: Pick<Explanation, 'counts' | 'rules'>) {
  const figure: Record<Step, number> = {
    duplicates: 0,
    raw_plays: 0,
    too_short: rules.minimum_ms_played / 1_000,
    over_cap: rules.plays_per_listener_song_hour,
    plays: 0,
  };
  return (
    <ol aria-label={words.steps} className="grid gap-4">
      {steps.map(({ step, sign, shows, look }) => (
        <li key={step} className="grid gap-1.5">
          <p className="flex items-baseline justify-between gap-3">
            <span className={step === 'plays' ? 'font-bold' : 'font-medium'}>{words.step[step]}</span>
            <span className={`tabular-nums ${step === 'plays' ? 'text-lg font-bold' : 'font-semibold'}`}>
              {counts[step] > 0 && sign}
              {formatCount(counts[step])}
            </span>
          </p>
          <StepBar counts={counts} shows={shows} look={look} />
          <p className="text-sm text-quiet">
            {words.rule[step](figure[step])}{' '}
            <Link
              to="/rules"
              hash={words.learn[step]}
              className="text-accent underline underline-offset-2"
              aria-label={words.ruleOf(words.step[step])}
            >
              {words.ruleLink}
            </Link>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Every step draws all parts in their proportions, and colours only those that it is about. */
function StepBar({ counts, shows, look }: { counts: SongCounts; shows: readonly string[]; look: string }) {
  return (
    <span aria-hidden className="flex h-2.5 overflow-hidden rounded-full bg-page">
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
