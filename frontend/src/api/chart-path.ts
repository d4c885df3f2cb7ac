import type { Grain } from './shapes';

/** A window's length as it stands in the addresses of the api. */
export const chartPath = { hour: 'hourly', day: 'daily' } as const satisfies Record<Grain, string>;
