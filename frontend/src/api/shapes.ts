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
export type Explanation = JsonOf<'/charts/{grain}/explain'>;
export type SongCounts = Explanation['counts'];
export type Revisions = JsonOf<'/charts/{grain}/revisions'>;
export type Revision = Revisions['revisions'][number];
export type SongHistory = JsonOf<'/songs/{song_id}/history'>;
export type Appearance = SongHistory['appearances'][number];
export type Reconciliation = JsonOf<'/reconciliation'>;
export type ReconciliationLine = Reconciliation['lines'][number];
export type Leaders = JsonOf<'/charts/{grain}/leaders'>;
export type Leader = Leaders['leaders'][number];
export type NumberOne = JsonOf<'/charts/{grain}/number-ones'>['number_ones'][number];
export type FoundSong = JsonOf<'/search'>['songs'][number];
export type Placement = JsonOf<'/songs/{song_id}/placements'>['placements'][number];
export type Window = Windows['windows'][number];
