import { formatCount } from '../numbers';
import { count, join } from './phrases';

const rows = { hour: ['hora', 'horas'], day: ['día', 'días'] } as const;

/** What a song's page says. */
export const songs = {
  documentTitle: (title: string, region: string) => join([title, region, 'Top Songs']),
  loading: 'Cargando la canción',
  failed: 'No se pudo cargar la canción',
  backToChart: 'Volver a la lista',
  summary: (
    entered: number | undefined,
    peak: number,
    peakAt: string,
    onChart: number,
    grain: 'hour' | 'day',
  ) =>
    `${entered === undefined ? 'Llegó' : `Entró en el ${entered}, llegó`} al ${peak} (${peakAt}), ${count(onChart, rows[grain][0], rows[grain][1])} en la lista.`,
  last: (window: string, rank: number) => `Última vez en el ${rank}: ${window}.`,
  rankTitle: { hour: 'Puesto, hora a hora', day: 'Puesto, día a día' },
  rank: 'Puesto',
  plays: 'Reproducciones',
  listeners: 'Oyentes',
  movement: 'Movimiento',
  window: { hour: 'Hora', day: 'Día (UTC)' },
  legend: 'Línea: puesto, columnas: reproducciones.',
  gap: 'Un hueco en la línea: entonces no entre las 100 primeras.',
  newest: (shown: number, grain: 'hour' | 'day') =>
    grain === 'hour' ? `Las últimas ${formatCount(shown)} horas.` : `Los últimos ${formatCount(shown)} días.`,
  chartSummary: (windowsShown: string, first: string, last: string) =>
    `Una línea de puestos de ${first} a ${last}, con el puesto 1 arriba y las reproducciones en columnas debajo. ${windowsShown}`,
  showTable: 'Ver como tabla',
  hideTable: 'Ocultar la tabla',
  tableCaption: (title: string, region: string) =>
    `${title}: cada vez en la lista (${region}), lo más reciente primero`,
  regions: 'Dónde está en las listas',
  region: 'Región',
  regionsIntro: (window: string) => `${window}: todas las listas que la tienen, mejor puesto primero.`,
  regionsFailed: 'No se pudieron cargar las regiones.',
  placed: (rank: number) => `N.º ${rank}`,
  entered: 'Entró',
  bestPlace: 'Mejor puesto',
  mostPlayed: 'Más escuchada',
  led: 'Número 1 durante',
  ledFor: (number: number, grain: 'hour' | 'day') => count(number, rows[grain][0], rows[grain][1]),
  regionPlays: (plays: number) => count(plays, 'reproducción', 'reproducciones'),
  absent: (where: string) => `Todavía en ninguna lista ${where}`,
  absentDetail: 'Elige otra región arriba, o mira cómo le va en todo el mundo.',
  toGlobal: 'Ver la canción en todo el mundo',
  unknown: 'Ninguna lista tiene esta canción',
  unknownDetail: 'Quizá el enlace esté cortado, o la canción nunca estuvo entre las 100 primeras.',
};
