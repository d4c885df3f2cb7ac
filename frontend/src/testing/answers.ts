import type { Explanation, Reconciliation, Revisions, SongCounts, SongHistory } from '../api/shapes';

export const SONG_ID = 's2_00000000000000aa';
export const HOUR = '2026-11-22T14:00:00Z';

export const makeCounts = (counts: Partial<SongCounts> = {}): SongCounts => ({
  raw_plays: 429,
  too_short: 14,
  over_cap: 3,
  plays: 412,
  duplicates: 2,
  late: 6,
  listeners: 398,
  ...counts,
});

export const makeExplanation = (explanation: Partial<Explanation> = {}): Explanation => ({
  grain: 'hour',
  region: 'GB',
  window_start: HOUR,
  window_end: '2026-11-22T15:00:00Z',
  revision: 1,
  song_id: SONG_ID,
  title: 'Morning Ferry',
  artist: 'The Example Band',
  rank: 1,
  is_charted: true,
  rules: {
    minimum_ms_played: 30_000,
    plays_per_listener_song_hour: 10,
    chart_size: 100,
    minimum_listeners: 1,
  },
  counts: makeCounts(),
  hours: [],
  regions: [],
  ...explanation,
});

/** A song's history; each pair is a window and a rank. */
export const makeHistory = (
  ranks: [window_start: string, rank: number][],
  history: Partial<SongHistory> = {},
): SongHistory => ({
  song_id: SONG_ID,
  title: ranks.length > 0 ? 'Morning Ferry' : null,
  artist: ranks.length > 0 ? 'The Example Band' : null,
  region: 'GB',
  grain: 'hour',
  appearances: ranks.map(([window_start, rank]) => ({
    window_start,
    rank,
    movement: 'up',
    plays: 100 - rank,
    listeners: 90 - rank,
  })),
  ...history,
});

const sums = {
  plays: 300_144,
  raw_plays: 310_020,
  too_short: 8_700,
  over_cap: 1_176,
  duplicates: 212,
  late: 95,
};

export const makeReconciliation = (lines: Partial<Reconciliation['lines'][number]>[]): Reconciliation => ({
  date: '2026-11-22',
  complete_through: HOUR,
  open: false,
  holds: lines.every((line) => line.holds !== false),
  received: { received: 310_244, plays: 310_020, duplicates: 212, malformed: 12, holds: true },
  lines: lines.map((line) => ({
    rule: 'hours_sum_to_day',
    grain: 'day',
    region: 'GB',
    window_start: '2026-11-22T00:00:00Z',
    withheld: false,
    whole: sums,
    sum_of_parts: sums,
    holds: true,
    ...line,
  })),
});

export const makeRevisions = (): Revisions['revisions'] => {
  const totals = {
    total_songs: 3_204,
    withheld: false,
    raw_plays: 12_903,
    too_short: 371,
    over_cap: 50,
    duplicates: 7,
  };
  const moved = { song_id: SONG_ID, title: 'Morning Ferry', artist: 'The Example Band' };
  return [
    {
      ...totals,
      revision: 2,
      opened_at: '2026-11-23T07:15:20Z',
      changed_at: '2026-11-23T07:15:20Z',
      settled: false,
      causes: ['late_plays'],
      total_plays: 12_482,
      late: 12,
      moved: [
        {
          ...moved,
          before: null,
          after: { rank: 1, plays: 412, listeners: 398 },
        },
      ],
    },
    {
      ...totals,
      revision: 1,
      opened_at: null,
      changed_at: '2026-11-22T15:04:11Z',
      settled: true,
      causes: [],
      total_plays: 12_481,
      late: 11,
      moved: null,
    },
  ];
};
