import { count, join } from './phrases';

/** What the archive of number ones says. */
export const archive = {
  title: 'Números 1',
  documentTitle: (region: string) => join(['Números 1', region, 'Top Songs']),
  intro: 'La canción más escuchada de cada día. Un día de las listas es un día UTC.',
  month: 'Mes',
  earlier: 'Mes anterior',
  later: 'Mes siguiente',
  calendar: (month: string, where: string) => `Números 1 ${where}, ${month}`,
  noChart: 'sin lista',
  hoursOf: (day: string) => `Hora a hora: ${day}`,
  seeHours: (day: string) => `Horas de ${day}`,
  leaders: 'Más días en el número 1',
  days: (days: number) => count(days, 'día', 'días'),
  empty: 'No hay listas en este mes.',
  loading: 'Cargando los números 1',
  failed: 'No se pudieron cargar los números 1',
};
