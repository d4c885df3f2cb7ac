import type { paths } from './schema';

type JsonOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Chart = JsonOf<'/charts/hourly'>;
export type Entry = Chart['entries'][number];
export type Movement = Entry['movement'];
export type Grain = Chart['chart']['grain'];
export type Region = JsonOf<'/regions'>['regions'][number];
export type Windows = JsonOf<'/windows'>;
export type Status = JsonOf<'/status'>;
export type Stage = Status['stages'][number];
export type Check = Status['checks'][number];
