import { queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';
import { keptMode } from '../api/offline';
import type { Region } from '../api/shapes';
import { locale } from '../ui/locale';
import { GLOBAL } from './parse-region';
import { regionName } from './region-names';

/** By name in the chosen language, `global` first; the api's order is that of the English names. */
function inOrder(regions: Region[]) {
  const named = regions.map((each) => ({ ...each, name: regionName(each.region, each.name) }));
  const isWorld = ({ region }: Region) => (region === GLOBAL ? 0 : 1);
  return named.toSorted(
    (one, other) => isWorld(one) - isWorld(other) || one.name.localeCompare(other.name, locale()),
  );
}

/** The regions that have charts. */
export const regionsQuery = queryOptions({
  queryKey: ['regions'],
  queryFn: async ({ signal }) => inOrder(bodyOf(await client.GET('/regions', { signal })).regions),
  staleTime: 60_000,
  networkMode: keptMode(),
});
