import { formatCount } from '../numbers';
import { count, join } from './phrases';

/** What the search says. */
export const search = {
  title: 'Suche',
  documentTitle: (text: string | undefined) => join([text, 'Suche', 'Top Songs']),
  field: 'Song oder Interpret',
  hint: 'Ein Teil des Titels oder des Interpreten genügt. Akzente spielen keine Rolle.',
  none: (text: string) => `Kein Song der letzten 40 Tage passt zu „${text}“.`,
  found: (songs: number) => count(songs, 'Song', 'Songs'),
  best: (rank: number) => `bester Platz #${formatCount(rank)}`,
  last: (day: string) => `zuletzt in den Charts ${day}`,
  failed: 'Die Suche ist fehlgeschlagen.',
};
