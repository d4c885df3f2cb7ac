export interface SongGroup<Row> {
  first: Row;
  rows: Row[];
}

/** Rows of the same song together, the largest group first, equal ones in the order of their first rows. */
export function groupBySong<Row extends { song_id: string }>(rows: Row[]): SongGroup<Row>[] {
  const groups = new Map<string, SongGroup<Row>>();
  for (const row of rows) {
    const group = groups.get(row.song_id);
    if (group) group.rows.push(row);
    else groups.set(row.song_id, { first: row, rows: [row] });
  }
  return [...groups.values()].sort((one, other) => other.rows.length - one.rows.length);
}
