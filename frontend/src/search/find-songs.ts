import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { bodyOf, client } from '../api/client';

const KEPT_MS = 60_000;

/** Songs whose title or artist matches, best match first. */
export const songsFound = (text: string | undefined, region: string) =>
  queryOptions({
    queryKey: ['search', text, region],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET('/search', { params: { query: { q: text ?? '', region } }, signal })).songs,
    enabled: text !== undefined,
    staleTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
