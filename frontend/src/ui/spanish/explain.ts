import { formatCount } from '../numbers';
import { count, either } from './phrases';

const plays = (number: number) => count(number, 'reproducción', 'reproducciones');

/** What the drawer of a song's number says. */
export const explain = {
  title: '¿Por qué este número?',
  loading: 'Cargando de dónde sale el número',
  failed: 'No se pudo cargar la explicación',
  notComputed: 'Esto todavía no se ha contado, así que no hay nada que explicar.',
  notPlayed: {
    hour: 'Nadie escuchó esta canción aquí en esta hora.',
    day: 'Nadie escuchó esta canción aquí en este día.',
  },
  sentence: (number: number, where: string, when: string) =>
    `${count(number, 'reproducción cuenta', 'reproducciones cuentan')} para esta canción ${where}, ${when}.`,
  whyRank: (rank: number) => `Por qué el número ${rank}`,
  whyUnranked: 'Por qué no entre las 100 primeras',
  notCharted: 'Estos números son unos segundos más nuevos que la lista, que los mostrará pronto.',
  alone: 'Es la única canción que se escuchó.',
  ahead: (number: number, rank: number) =>
    number === 0
      ? `Tantas reproducciones como el número ${rank}, pero por delante según las reglas de empate.`
      : `${plays(number)} más que el número ${rank}.`,
  behind: (number: number, rank: number) =>
    number === 0
      ? `Tantas reproducciones como el número ${rank}, pero por detrás según las reglas de empate.`
      : `${plays(number)} menos que el número ${rank}.`,
  listeners: (listeners: number) => `La escucharon ${count(listeners, 'oyente', 'oyentes')}.`,
  path: { hour: 'Las últimas horas', day: 'Los últimos días' },
  pathRank: (rank: number) => `#${formatCount(rank)}`,
  pathNone: 'no entre las 100 primeras',
  strongest: { regions: 'Más reproducciones de', hours: 'Más reproducciones entre' },
  howCounted: (number: number) => `Cómo se contó ${formatCount(number)}`,
  steps: 'De lo recibido a lo contado',
  step: {
    received: 'Recibidas',
    duplicates: 'Enviadas dos veces',
    too_short: 'Demasiado cortas',
    over_cap: 'Más de 10 en una hora',
    plays: 'Contadas',
  },
  rule: {
    received: () => 'Todo lo que nos llegó de esta canción.',
    duplicates: () =>
      'Una misma reproducción reenviada se aparta, para que un reintento nunca cuente dos veces.',
    too_short: (seconds: number) => `Escuchada menos de ${seconds} segundos.`,
    over_cap: (limit: number) => `Más de ${limit} de un oyente en una hora: el resto no cuenta.`,
    plays: () => 'Lo que muestra la lista.',
  },
  zero: (steps: string[]) => `No se descontó nada por: ${either(steps.map((step) => step.toLowerCase()))}.`,
  learn: { received: 'plays', duplicates: 'copies', too_short: 'length', over_cap: 'limit', plays: 'order' },
  ruleOf: (step: string) => `La regla: ${step}`,
  ruleLink: 'regla',
  late: (late: number) =>
    late === 1
      ? '1 de las reproducciones llegó tarde, más de 10 minutos después de su hora; cuenta igualmente.'
      : `${formatCount(late)} de las reproducciones llegaron tarde, más de 10 minutos después de su hora; cuentan igualmente.`,
  byHour: 'Hora a hora',
  byRegion: 'Región a región',
  hour: 'Hora',
  region: 'Región',
  plays: 'Reproducciones',
  openSong: 'Abrir la canción',
};

/** What the drawer of a chart's versions says. */
export const revisions = {
  title: 'Qué se corrigió',
  intro:
    'Una lista definitiva solo cambia si más tarde llegan o se retiran reproducciones. Las versiones anteriores se pueden leer.',
  loading: 'Cargando las versiones',
  failed: 'No se pudieron cargar las versiones',
  name: (revision: number) => `Versión ${revision}`,
  current: 'se muestra ahora',
  see: 'Ver esta versión',
  first: 'La lista tal como fue definitiva por primera vez.',
  opened: (time: string) => `Desde ${time}`,
  changed: (time: string) => `Último cambio ${time}`,
  unsettled:
    'Aún abierta: los cambios siguientes son de esta versión hasta que no llegue ninguno en 10 minutos.',
  cause: {
    late_plays: 'Llegaron reproducciones cuando la lista ya era definitiva.',
    rebuild: 'Las mismas reproducciones se contaron otra vez con otro resultado.',
    withdrawn: 'Se retiraron o recuperaron las reproducciones de un programa.',
    redrive: 'Reproducciones antes rechazadas se aceptaron tras un arreglo.',
  },
  totals: (number: number, songs: number, late: number | null) =>
    `${plays(number)} de ${count(songs, 'canción', 'canciones')}${late === null ? '' : `, ${formatCount(late)} tardías`}`,
  movedCaption: (revision: number) => `Canciones que cambió la versión ${revision}`,
  song: 'Canción',
  before: 'Antes',
  after: 'Después',
  place: (rank: number, number: number) => `${rank} · ${plays(number)}`,
  absent: 'fuera de la lista',
  nothingMoved: 'No cambió ninguna canción de la lista, solo los totales.',
};
