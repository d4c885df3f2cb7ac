import { describe, expect, it } from 'vitest';
import { heatOf, sorted, type Compared } from './compared';
import { writeComparedCsv } from './compared-csv';

const column = (id: string, ranks: Record<string, number>): Compared => ({
  id,
  name: id,
  placeOf: (songId) => {
    const rank = ranks[songId];
    return rank === undefined ? undefined : { rank, before: null };
  },
});
const song = (song_id: string, title = song_id) => ({ song_id, title, artist: 'B' });

describe('the table of what is compared', () => {
  it('guards its CSV against formulas and keeps quotes', () => {
    const [, line] = writeComparedCsv([song('a', '=1+"1"')], [column('GB', { a: 3 })]).split('\r\n');
    expect(line).toBe('"a","\'=1+""1""","B","3",""');
  });

  it('sorts songs that are absent last, and equal ones by the other columns', () => {
    const compared = [column('GB', { a: 2, b: 1 }), column('BR', { c: 1, a: 2 })];
    const order = (by: string) =>
      sorted([song('a'), song('b'), song('c')], compared, by).map((one) => one.song_id);
    expect(order('GB')).toEqual(['b', 'a', 'c']);
    expect(order('BR')).toEqual(['c', 'a', 'b']);
  });

  it('is coloured the more the higher a rank is, and not below the tenth', () => {
    expect([heatOf(1), heatOf(2) < heatOf(1), heatOf(11), heatOf(100)]).toEqual([40, true, 0, 0]);
  });
});
