import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';

/** How many hours or days in a row, as short as a column. */
export const runOf = (grain: Grain, windows: number) =>
  grain === 'hour' ? texts.charts.runHours(windows) : texts.charts.runDays(windows);
