import { formatCount } from '../numbers';

export { join } from '../join';

const and = new Intl.ListFormat('de', { type: 'conjunction' });
const or = new Intl.ListFormat('de', { type: 'disjunction' });

export const count = (number: number, one: string, many: string) =>
  `${formatCount(number)} ${number === 1 ? one : many}`;

export const all = (names: string[]) => and.format(names);
export const either = (names: string[]) => or.format(names);
