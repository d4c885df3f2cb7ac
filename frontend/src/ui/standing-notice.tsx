import { formatAge, formatAgo } from './ages';
import { texts } from './texts';
import { Notice } from './notice';

const STALE_AFTER_SECONDS = 60;
const words = texts.states;

interface StandingNoticeProps {
  /** What keeps newer answers away; undefined when nothing does. */
  trouble: { isOffline: boolean } | undefined;
  /** How many seconds ago the api learned what it answers. */
  age: number | undefined;
}

const offline = (age: number) =>
  age === 0 ? words.offlineLastGood : words.offlineKept(formatAgo(age * 1_000));

/** Says why what stands on the page is not of this moment; nothing when it is. */
export function StandingNotice({ trouble, age = 0 }: StandingNoticeProps) {
  if (trouble) return <Notice>{trouble.isOffline ? offline(age) : words.lastGood}</Notice>;
  if (age <= STALE_AFTER_SECONDS) return null;
  return <Notice>{words.stale(formatAge(age * 1_000))}</Notice>;
}
