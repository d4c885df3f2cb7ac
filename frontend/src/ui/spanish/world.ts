import { all, count, join } from './phrases';

/** What the page of the world's number ones says. */
export const world = {
  title: 'El número 1 en el mundo',
  documentTitle: (leader: string | undefined) => join([leader, 'El número 1 en el mundo', 'Top Songs']),
  intro: 'La canción más escuchada de cada región en la misma hora o el mismo día.',
  leads: (title: string, artist: string, regions: number) =>
    `${title}, de ${artist}, es número 1 en ${count(regions, 'región', 'regiones')}.`,
  worldwide: 'Todo el mundo',
  regions: 'Todas las regiones',
  plays: (plays: number) => count(plays, 'reproducción', 'reproducciones'),
  also: (regions: string[]) => `también número 1 en ${all(regions)}`,
  empty: 'Nadie escuchó nada en este tiempo.',
  loading: 'Cargando los números 1',
  failed: 'No se pudieron cargar los números 1',
};
