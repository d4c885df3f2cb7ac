import { formatCount } from '../numbers';

/** What the sums of a day say. */
export const reconciliation = {
  title: '¿Cuadran los números?',
  intro:
    'Nada de lo recibido se pierde, un día es la suma de sus horas y el mundo es la suma de las regiones. Los dos números de cada suma:',
  loading: 'Cargando las sumas del día',
  failed: 'No se pudieron cargar las sumas.',
  none: 'Todavía no se ha contado ningún día.',
  receivedWhen: 'Lo que llegó en este día, sin importar cuándo se escuchó',
  received: 'Recibidas',
  plays: 'Reproducciones',
  duplicates: 'Enviadas dos veces',
  malformed: 'Ilegibles',
  counter: 'Número que se suma',
  counters: {
    plays: 'Reproducciones contadas',
    raw_plays: 'Reproducciones distintas',
    too_short: 'Demasiado cortas',
    over_cap: 'Más de 10 en una hora',
    duplicates: 'Enviadas dos veces',
    late: 'Reproducciones tardías',
  },
  caption: (counter: string) => `Sumas del día, ${counter.toLowerCase()}`,
  sum: 'Suma',
  whole: 'Total',
  parts: 'Suma de las partes',
  result: 'Resultado',
  rule: { hours_sum_to_day: 'Horas = día', regions_sum_to_global: 'Regiones = mundo' },
  withheld: 'no se muestra',
  all: (lines: number) => `Ver las ${formatCount(lines)} sumas`,
};
