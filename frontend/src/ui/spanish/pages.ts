import type { PageTexts } from '../texts/pages';
import { about } from './about';
import { archive } from './archive';
import { compare } from './compare';
import { explain, revisions } from './explain';
import { reconciliation } from './reconciliation';
import { rules } from './rules';
import { search } from './search';
import { songs } from './songs';
import { status } from './status';
import { world } from './world';

/** What the later pages and the drawers say, in Spanish. */
export const pageTexts: PageTexts = {
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
};
