import { useQuery } from '@tanstack/react-query';
import { regionsQuery } from './get-regions';
import { regionName } from './region-names';

/** The names of regions as the api gives them, or as the browser knows them for regions without charts. */
export function useRegionNames(): (region: string) => string {
  const { data } = useQuery(regionsQuery);
  return (region) => data?.find((known) => known.region === region)?.name ?? regionName(region);
}

export const useRegionName = (region: string) => useRegionNames()(region);
