import { status as words } from '../ui/texts/pages';

/** Whether something holds: a sign, a word, and a colour that only repeats them. */
export function Verdict({ holds }: { holds: boolean }) {
  return (
    <span className={`font-semibold whitespace-nowrap ${holds ? 'text-good' : 'text-bad'}`}>
      <span aria-hidden>{holds ? '✓ ' : '✗ '}</span>
      {holds ? words.holds : words.broken}
    </span>
  );
}
