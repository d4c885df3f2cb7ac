import { formatCount } from '../numbers';
import { count, join } from './phrases';

/** What the search says. */
export const search = {
  title: 'Buscar',
  documentTitle: (text: string | undefined) => join([text, 'Buscar', 'Top Songs']),
  field: 'Canción o artista',
  hint: 'Basta una parte del título o del artista. Los acentos no importan.',
  none: (text: string) => `Ninguna canción de los últimos 40 días coincide con «${text}».`,
  found: (songs: number) => count(songs, 'canción', 'canciones'),
  best: (rank: number) => `mejor puesto #${formatCount(rank)}`,
  last: (day: string) => `última vez en una lista ${day}`,
  failed: 'La búsqueda ha fallado.',
};
