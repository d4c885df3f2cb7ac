import type { texts as english } from '../english';
import type { Translated } from './translated';

/** Every sentence that the first page to load may say. */
export type Texts = Translated<typeof english>;

/**
 * The sentences of the chosen language; what only later pages say lies beside them. They are filled in before
 * anything is drawn, so a module may keep a subject of them, but no sentence.
 */
export const texts = {
  app: {},
  theme: {},
  announced: {},
  charts: {},
  freshness: {},
  regions: {},
  share: {},
  states: {},
  story: {},
  windows: {},
} satisfies Record<keyof Texts, object> as Texts;
