import { formatCount } from '../numbers';

const oneDecimal = new Intl.NumberFormat('es', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What the pipeline page says. */
export const status = {
  title: '¿Está al día?',
  intro: 'Cada reproducción pasa por estas etapas. Cada una dice cuánto va por detrás de la anterior.',
  completeThrough: (time: string, ago: string) =>
    `Las listas tienen toda reproducción aceptada antes de ${time}, ${ago}.`,
  notYet: 'Todavía no se ha calculado ninguna lista.',
  stages: 'Etapas',
  stage: {
    ingest: ['Ingest', 'recibe reproducciones por HTTP'],
    kafka: ['Kafka', 'las guarda en orden'],
    live: ['Live', 'cuenta las listas abiertas cada segundo'],
    bronze: ['Bronze', 'guarda cada valor'],
    silver: ['Silver', 'una fila por reproducción'],
    counts: ['Counts', 'reproducciones por hora y día'],
    charts: ['Charts', 'ordena las canciones'],
  },
  word: { ok: 'A tiempo', late: 'Con retraso', down: 'Caída' },
  lag: 'Retraso',
  behind: 'Reproducciones pendientes',
  lastSuccess: 'Último éxito',
  lastError: 'Último error',
  unknown: 'desconocido',
  never: 'nunca',
  seconds: (seconds: number) => `${seconds < 10 ? oneDecimal.format(seconds) : formatCount(seconds)} s`,
  checks: 'Comprobaciones',
  checksIntro: 'Lo que deben cumplir los números, comprobado en cada vuelta.',
  check: 'Comprobación',
  result: 'Resultado',
  checkedAt: 'Comprobado',
  holds: 'Cuadra',
  broken: 'No cuadra',
  noChecks: 'Todavía no se ha hecho ninguna comprobación.',
  links: 'Mirar más a fondo',
  prefect: ['Prefect', 'cada ejecución, con su registro'],
  lineage: ['Linaje', 'los modelos, de los recuentos a las listas'],
  docs: ['Documentación de la API', 'cada petición y su respuesta'],
  failed: 'No se pudo cargar el estado',
  loading: 'Cargando el estado',
} as const;
