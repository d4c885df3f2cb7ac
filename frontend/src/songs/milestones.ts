import type { Appearance } from '../api/shapes';

export interface Milestones {
  entered: Appearance;
  /** The first time at its best rank. */
  best: Appearance;
  /** How many windows it was number one. */
  led: number;
  most: Appearance;
}

/** The turns in a song's life on one chart; undefined where it never was on it. */
export function milestonesOf(appearances: Appearance[]): Milestones | undefined {
  const [entered] = appearances;
  if (!entered) return undefined;
  const best = appearances.reduce((one, other) => (other.rank < one.rank ? other : one));
  const most = appearances.reduce((one, other) => (other.plays > one.plays ? other : one));
  return { entered, best, most, led: appearances.filter(({ rank }) => rank === 1).length };
}
