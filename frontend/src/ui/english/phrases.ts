import { formatCount } from '../numbers';

export const count = (number: number, one: string, many: string) =>
  `${formatCount(number)} ${number === 1 ? one : many}`;

export const join = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(' · ');
