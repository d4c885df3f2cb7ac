import type { Leader } from '../api/shapes';
import { GLOBAL } from '../regions/parse-region';

export interface Led {
  leader: Leader;
  regions: Leader[];
}

/** Each song with the regions that it leads, most first; the world is no region. */
export function regionsLed(leaders: Leader[]): Led[] {
  const led = new Map<string, Led>();
  for (const leader of leaders.filter(({ region }) => region !== GLOBAL)) {
    const known = led.get(leader.song_id);
    if (known) known.regions.push(leader);
    else led.set(leader.song_id, { leader, regions: [leader] });
  }
  return [...led.values()].sort((one, other) => other.regions.length - one.regions.length);
}
