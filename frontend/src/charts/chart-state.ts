import type { Trouble } from '../api/trouble';
import { formatAge } from '../ui/ages';
import { texts } from '../ui/texts';
import type { ComputedChart } from './get-chart';

const BEHIND_MS = 60_000;
const FAR_BEHIND_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;
const words = texts.freshness;

export interface ChartState {
  kind: 'live' | 'counting' | 'settling' | 'final' | 'corrected' | 'behind' | 'offline' | 'failing';
  label: string;
  sentence: string;
  /** How it looks; the word says the same. */
  look: 'text-good' | 'text-accent' | 'text-warn' | 'text-bad';
}

/** How far the counting trails the clock of the server, in milliseconds. */
const behindBy = ({ chart, servedAt }: ComputedChart, sinceAnswer: number) =>
  chart.complete_through === null
    ? 0
    : servedAt - Date.parse(chart.complete_through) + Math.max(0, sinceAnswer);

const isAllCounted = ({ window_end, complete_through }: ComputedChart['chart']) =>
  complete_through !== null && Date.parse(complete_through) >= Date.parse(window_end);

/**
 * How sure and how new the numbers are: one word that no other on the page contradicts.
 * `sinceAnswer` is how long ago, in milliseconds, the answer came. A window that has ended is never behind
 * once everything up to its end is counted, and nothing is live while updates do not arrive.
 */
export function stateOf(
  answer: ComputedChart,
  sinceAnswer: number,
  isFollowed: boolean,
  trouble: Trouble | undefined,
): ChartState {
  const { chart } = answer;
  if (chart.revision > 1) return corrected(chart.revision);
  if (chart.status === 'final')
    return { kind: 'final', label: words.final, sentence: words.finalSentence, look: 'text-good' };
  if (isAllCounted(chart))
    return { kind: 'settling', label: words.settling, sentence: words.settlingSentence, look: 'text-accent' };
  if (trouble?.isOffline)
    return { kind: 'offline', label: words.offline, sentence: words.offlineSentence, look: 'text-warn' };
  if (trouble)
    return { kind: 'failing', label: words.failing, sentence: words.failingSentence, look: 'text-bad' };
  const behind = behindBy(answer, sinceAnswer);
  if (behind > BEHIND_MS) return late(behind);
  return isFollowed
    ? { kind: 'live', label: words.live, sentence: words.liveSentence, look: 'text-good' }
    : { kind: 'counting', label: words.counting, sentence: words.countingSentence, look: 'text-accent' };
}

const corrected = (revision: number): ChartState => ({
  kind: 'corrected',
  label: words.corrected(revision),
  sentence: words.correctedSentence(revision),
  look: 'text-warn',
});

/** Minutes are short: most delays are some of them. */
const ageOf = (behind: number) =>
  behind < HOUR_MS ? words.minutes(Math.round(behind / 60_000)) : formatAge(behind);

const late = (behind: number): ChartState => ({
  kind: 'behind',
  label: words.behind(ageOf(behind)),
  sentence: words.behindSentence,
  look: behind > FAR_BEHIND_MS ? 'text-bad' : 'text-warn',
});
