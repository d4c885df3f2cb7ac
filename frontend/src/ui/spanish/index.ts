import type { Texts } from '../texts';
import { announced, charts, story } from './charts';
import { freshness, share } from './freshness';
import { regions } from './regions';
import { states } from './states';
import { windows } from './windows';

/** What the first page to load may say, in Spanish. */
export const texts: Texts = {
  app: {
    name: 'Top Songs',
    navigation: 'Páginas',
    charts: 'Listas',
    compare: 'Comparar',
    world: 'Mundo',
    search: 'Buscar canciones y artistas',
    archive: 'Todos los números 1',
    worldTitle: 'El número 1 en el mundo',
    about: 'Acerca de',
    moreCharts: 'Más listas',
    behind: 'Detrás de las listas',
    rules: 'Cómo se cuenta',
    upToDate: '¿Está al día?',
    developers: 'Para desarrolladores',
    footer: 'Sobre este sitio',
    language: 'Idioma',
    skip: 'Ir al contenido',
    notFound: 'Esta página no existe',
    close: 'Cerrar',
    toCharts: 'Ir a las listas',
  },
  theme: {
    system: 'Colores: como el sistema. Cambiar a claro',
    light: 'Colores: claro. Cambiar a oscuro',
    dark: 'Colores: oscuro. Cambiar a los del sistema',
  },
  announced,
  charts,
  freshness,
  regions,
  share,
  states,
  story,
  windows,
};
