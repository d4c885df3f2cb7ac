import { formatCount } from '../numbers';
import { count, join } from './phrases';

/** What the search says. */
export const search = {
  title: 'Search',
  documentTitle: (text: string | undefined) => join([text, 'Search', 'Top Songs']),
  field: 'Song or artist',
  hint: 'A part of the title or the artist is enough. Accents do not matter.',
  none: (text: string) => `No song of the last 40 days matches “${text}”.`,
  found: (songs: number) => count(songs, 'song', 'songs'),
  best: (rank: number) => `best #${formatCount(rank)}`,
  last: (day: string) => `last on a chart ${day}`,
  failed: 'The search failed.',
} as const;
