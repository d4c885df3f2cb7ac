import type { Entry } from '../api/shapes';
import { english } from '../ui/english';

const words = english.charts;

/** The sign for the eye, its words for the ear, a colour that only repeats them. */
function movementOf({ movement, previous_rank, rank }: Entry) {
  const places = Math.abs((previous_rank ?? rank) - rank);
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
      return { sign: `▲ ${places}`, word: words.upWords(places), look: 'text-up' };
    case 'down':
      return { sign: `▼ ${places}`, word: words.downWords(places), look: 'text-down' };
    case 'same':
      return { sign: '–', word: words.sameWords, look: 'text-quiet' };
  }
}

export function Movement({ entry }: { entry: Entry }) {
  const { sign, word, look } = movementOf(entry);
  return (
    <>
      <span aria-hidden className={`text-xs font-semibold whitespace-nowrap tabular-nums sm:text-sm ${look}`}>
        {sign}
      </span>
      <span className="sr-only">{word}</span>
    </>
  );
}
