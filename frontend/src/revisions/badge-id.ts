/** The id of what opens the revisions of the chart on the screen. */
export const BADGE_ID = 'freshness';
