import type { Movement as Kind } from '../api/shapes';
import { texts } from '../ui/texts';

const words = texts.charts;

interface MovementProps {
  movement: Kind;
  /** How many ranks it moved, where that is known. */
  places?: number;
}

/** The sign for the eye, its words for the ear, a colour that only repeats them. */
function looksOf({ movement, places }: MovementProps) {
  switch (movement) {
    case 'new':
      return {
        sign: words.new,
        word: words.newWords,
        look: 'rounded-md bg-tint px-1.5 py-0.5 font-bold sm:text-xs tracking-wide uppercase text-accent',
      };
    case 're_entry':
      return { sign: `↺ ${words.back}`, word: words.backWords, look: 'text-accent' };
    case 'up':
      return { sign: `▲ ${places ?? ''}`, word: words.upWords(places), look: 'text-up' };
    case 'down':
      return { sign: `▼ ${places ?? ''}`, word: words.downWords(places), look: 'text-down' };
    case 'same':
      return { sign: '–', word: words.sameWords, look: 'text-quiet' };
  }
}

export function Movement(props: MovementProps) {
  const { sign, word, look } = looksOf(props);
  return (
    <>
      <span aria-hidden className={`text-xs font-semibold whitespace-nowrap tabular-nums sm:text-sm ${look}`}>
        {sign}
      </span>
      <span className="sr-only">{word}</span>
    </>
  );
}
