import type { pageTexts as english } from '../english/pages';
import type { Translated } from './translated';

export type PageTexts = Translated<typeof english>;

/** The sentences of the later pages and the drawers, filled in before one of them is drawn. */
export const {
  about,
  archive,
  compare,
  explain,
  reconciliation,
  revisions,
  rules,
  search,
  songs,
  status,
  world,
} = {
  about: {},
  archive: {},
  compare: {},
  explain: {},
  reconciliation: {},
  revisions: {},
  rules: {},
  search: {},
  songs: {},
  status: {},
  world: {},
} satisfies Record<keyof PageTexts, object> as PageTexts;
