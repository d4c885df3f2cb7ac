import { all, count, join } from './phrases';
import { inRegion } from './regions';

/** What the compare page says. */
export const compare = {
  title: 'Comparar',
  documentTitle: (regions: string[]) => join([regions.join(', '), 'Comparar', 'Top Songs']),
  intro: 'Las diez primeras de cada región, lado a lado, o de una región a lo largo del tiempo.',
  ways: 'Qué comparar',
  byRegion: 'Regiones',
  byWindow: 'En el tiempo',
  compared: 'Regiones comparadas',
  sortBy: (column: string) => `Ordenar por ${column}`,
  csv: 'Descargar esta tabla como CSV',
  csvRank: (column: string) => `${column}: puesto`,
  csvBefore: (column: string) => `${column}: puesto anterior`,
  plays: (plays: number) => count(plays, 'reproducción', 'reproducciones'),
  add: 'Añadir una región',
  remove: (region: string) => `Quitar ${region}`,
  columns: 'lado a lado',
  caption: (where: string, window: string) => `Las diez primeras ${where}, ${window}`,
  song: 'Canción',
  empty: (where: string) => `Sin reproducciones ${where} en este tiempo.`,
  notComputed: 'Aún no se ha contado.',
  unknownRegion: (region: string) => `No existe la región «${region}».`,
  failed: 'No se pudo cargar esta lista. Seguimos intentándolo.',
  offline: 'No hay conexión. Esta lista se carga cuando vuelva.',
  failedAll: 'No se pudieron cargar las listas',
  oneMore: 'Añade una segunda región para comparar.',
  loading: 'Cargando la lista',
  legend: 'Cada celda: el puesto y cómo ha cambiado desde el periodo anterior. Más color: más arriba.',
  over: { hour: 'Puesto en las últimas 24 horas', day: 'Puesto en las últimas 4 semanas' },
  overIntro: {
    hour: 'Una canción en cada región, hasta la hora de arriba. Un hueco: entonces no entre las 100 primeras.',
    day: 'Una canción en cada región, hasta el día de arriba. Un hueco: entonces no entre las 100 primeras.',
  },
  overSong: 'Canción',
  overLinked: 'La canción del enlace',
  overNone:
    'Ninguna canción está en más de una de estas listas. Elige otras regiones para ver una compartida.',
  overLoading: 'Cargando los puestos',
  overFailed: (regions: string[]) => `No se pudieron cargar los puestos de ${all(regions)}.`,
  overSummary: (title: string, from: string, to: string, now: string[]) =>
    `Una línea de puestos de ${title} por región, de ${from} a ${to}, con el puesto 1 arriba. Último: ${all(now)}.`,
  place: (region: string, rank: number | null) =>
    rank === null ? `no entre las 100 primeras ${inRegion(region)}` : `número ${rank} ${inRegion(region)}`,
  unplaced: 'no entre las 100 primeras',
  window: { hour: 'Hora', day: 'Día (UTC)' },
  showTable: 'Ver como tabla',
  hideTable: 'Ocultar la tabla',
  tableCaption: (title: string) => `${title}: su puesto en cada región, lo más reciente primero`,
};
