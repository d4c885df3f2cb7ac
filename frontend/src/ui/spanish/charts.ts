import { formatCount } from '../numbers';
import { count, join } from './phrases';
import { inRegion } from './regions';

type Grain = 'hour' | 'day';

const plays = (number: number) => count(number, 'reproducción', 'reproducciones');

/** What the charts page says. */
export const charts = {
  titleBefore: () => 'Lo más escuchado',
  place: inRegion,
  inRegion,
  documentTitle: (leader: string | undefined, region: string) =>
    join([leader !== undefined && `1. ${leader}`, region, 'Top Songs']),
  caption: (where: string, window: string) => `Lo más escuchado ${where}, ${window}`,
  views: 'Qué lista',
  now: 'Ahora',
  today: 'Hoy',
  yesterday: 'Ayer',
  grain: 'Horas o días',
  hour: 'Hora',
  day: 'Día',
  previous: { hour: 'Hora anterior', day: 'Día anterior' },
  next: { hour: 'Hora siguiente', day: 'Día siguiente' },
  young: (hour: string) => `${hour} acaba de empezar; esta es la última hora completa.`,
  quiet: {
    hour: 'Hay pocas reproducciones en la hora más reciente; esta es la hora anterior.',
    day: 'Hay pocas reproducciones en las horas más recientes; este es el día.',
  },
  seeYoung: 'Ver la hora en curso',
  edition: (number: number) => `Esta es la versión ${number} de esta lista. Se ha corregido desde entonces.`,
  seeCurrent: 'Ver la actual',
  rank: 'N.º',
  rankWord: 'Puesto',
  move: 'Cambio',
  movement: 'Movimiento',
  song: 'Canción',
  plays: 'Reprod.',
  listeners: 'Oyentes',
  best: 'Mejor',
  path: 'Evolución',
  run: 'Seguidas',
  bestRank: (rank: number) => `#${formatCount(rank)}`,
  runHours: (hours: number) => `${formatCount(hours)} h`,
  runDays: (days: number) => `${formatCount(days)} d`,
  new: 'Nueva',
  newWords: 'nueva en esta lista',
  back: 'vuelve',
  backWords: 'de vuelta en esta lista',
  upWords: (places: number | undefined) => (places === undefined ? 'sube' : `sube ${places}`),
  downWords: (places: number | undefined) => (places === undefined ? 'baja' : `baja ${places}`),
  sameWords: 'sin cambios',
  skipSongs: 'Saltar la lista de canciones',
  showAll: (songs: number) => `Ver las ${formatCount(songs)}`,
  showTop: (songs: number) => `Ver las ${songs} primeras`,
  why: '¿Por qué?',
  whyOf: (number: string, title: string) => `${number}. ¿Por qué este número para ${title}?`,
  olderWindows: 'Anteriores',
  windowsFailed: 'No se pudo cargar la lista.',
  noWindows: 'Aquí todavía no se ha contado nada.',
  windowPlays: plays,
  plainPlays: (number: number, isOpen: boolean) => `${plays(number)}${isOpen ? ' hasta ahora' : ''}`,
  totals: (number: number, songs: number) => `${plays(number)} de ${count(songs, 'canción', 'canciones')}`,
  withheld: (listeners: number) =>
    `Las canciones con menos de ${count(listeners, 'oyente', 'oyentes')} no se muestran, para protegerlos.`,
  loading: 'Cargando la lista',
};

/** What is said aloud when a chart appears or changes. */
export const announced = {
  chart: (window: string, title: string, artist: string) => `${window}. Número 1: ${title}, de ${artist}.`,
  none: (window: string) => `${window}. Sin reproducciones.`,
  moved: (rank: number, title: string) => `El número ${rank} es ahora ${title}.`,
};

const span = (windows: number, grain: Grain) =>
  grain === 'hour' ? count(windows, 'hora', 'horas') : count(windows, 'día', 'días');

/** What stands about number one and about what changed. */
export const story = {
  numberOne: (where: string) => `Número 1 ${where}`,
  played: (number: string, listeners: string, when: string) => `${number} de ${listeners} ${when}`,
  plays,
  listeners: (listeners: number) => count(listeners, 'oyente', 'oyentes'),
  when: {
    hour: { open: 'en esta hora, hasta ahora', closed: 'en esta hora' },
    day: { open: 'hoy', closed: 'en este día' },
  },
  ahead: (number: number) => `${formatCount(number)} más que el número 2`,
  level: 'tantas como el número 2, pero con más oyentes o antes',
  alone: 'la única canción reproducida',
  topFor: (windows: number, grain: Grain) => `Número 1 desde hace ${span(windows, grain)}.`,
  topForMore: (windows: number, grain: Grain) => `Número 1 desde hace más de ${span(windows, grain)}.`,
  same: { hour: 'También número 1 en la hora anterior.', day: 'También número 1 el día anterior.' },
  up: (rank: number) => `Sube desde el número ${rank}.`,
  new: 'Nueva en esta lista.',
  back: 'De vuelta en esta lista.',
  changes: 'Qué ha cambiado',
  climber: (rank: number) => `mayor subida, ahora número ${rank}`,
  entry: (rank: number) => `entrada más alta, número ${rank}`,
  longest: (rank: number) => `racha más larga, ahora número ${rank}`,
};
