import { useQuery } from '@tanstack/react-query';
import { regionsQuery } from './get-regions';

const codeNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

const nameOfCode = (region: string) => {
  if (region === 'global') return 'Global';
  return /^[A-Z]{2}$/.test(region) ? (codeNames.of(region) ?? region) : region;
};

/** The region's name as the api gives it, or as the browser knows it for a region without charts. */
export function useRegionName(region: string): string {
  const { data } = useQuery(regionsQuery);
  return data?.find((known) => known.region === region)?.name ?? nameOfCode(region);
}
