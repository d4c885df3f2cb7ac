import { useQuery } from '@tanstack/react-query';
import { LOCALE } from '../ui/locale';
import { regionsQuery } from './get-regions';
import { GLOBAL } from './parse-region';

const codeNames = new Intl.DisplayNames(LOCALE, { type: 'region', fallback: 'code' });

const nameOfCode = (region: string) => {
  if (region === GLOBAL) return 'Global';
  return /^[A-Z]{2}$/.test(region) ? (codeNames.of(region) ?? region) : region;
};

/** The names of regions as the api gives them, or as the browser knows them for regions without charts. */
export function useRegionNames(): (region: string) => string {
  const { data } = useQuery(regionsQuery);
  return (region) => data?.find((known) => known.region === region)?.name ?? nameOfCode(region);
}

export const useRegionName = (region: string) => useRegionNames()(region);
