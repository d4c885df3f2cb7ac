import type { Chart, Entry, Region, Stage, Status } from '../api/shapes';

const HOUR_MS = 3_600_000;

export const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

/** The hour that runs now, as its start. */
export const thisHour = () => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
export const hoursAgo = (hours: number) =>
  new Date(thisHour().getTime() - hours * HOUR_MS).toISOString().replace('.000', '');

export const makeEntry = (entry: Partial<Entry> = {}): Entry => ({
  rank: 1,
  previous_rank: 1,
  movement: 'same',
  peak_rank: 1,
  peak_at: '2026-11-22T12:00:00Z',
  windows_on_chart: 5,
  streak: 2,
  plays: 41,
  raw_plays: 44,
  listeners: 39,
  song_id: `s2_${String(entry.rank ?? 1).padStart(16, '0')}`,
  title: `Song ${entry.rank ?? 1}`,
  artist: 'An Artist',
  ...entry,
});

/** Facts and entries of an open hour in the United Kingdom, unless said otherwise. */
export function makeChart(chart: Partial<Chart['chart']> = {}, entries: Entry[] = [makeEntry()]): Chart {
  const window_start = chart.window_start ?? thisHour().toISOString();
  return {
    chart: {
      grain: 'hour',
      region: 'GB',
      window_start,
      window_end: new Date(Date.parse(window_start) + HOUR_MS).toISOString(),
      status: 'provisional',
      revision: 1,
      computed_at: secondsAgo(4),
      complete_through: secondsAgo(5),
      total_plays: 12_481,
      total_songs: 3_204,
      withheld: false,
      rules: {
        minimum_ms_played: 30_000,
        plays_per_listener_song_hour: 10,
        chart_size: 100,
        minimum_listeners: 1,
      },
      ...chart,
    },
    entries,
  };
}

const REGIONS: [region: string, name: string][] = [
  ['global', 'Global'],
  ['BR', 'Brazil'],
  ['CA', 'Canada'],
  ['GB', 'United Kingdom'],
];

export const makeRegions = (regions = REGIONS): Region[] =>
  regions.map(([region, name]) => ({
    region,
    name,
    first_window: '2026-11-20T09:00:00Z',
    last_window: '2026-11-22T14:00:00Z',
  }));

export const makeStage = (stage: Partial<Stage> & Pick<Stage, 'stage'>): Stage => ({
  status: 'ok',
  lag_seconds: 1.8,
  lag_plays: 37,
  last_success: secondsAgo(3),
  last_error: null,
  ...stage,
});

export const makeStatus = (status: Partial<Status> = {}): Status => ({
  complete_through: secondsAgo(4),
  stages: (['ingest', 'kafka', 'bronze', 'silver', 'counts', 'charts'] as const).map((stage) =>
    makeStage({ stage }),
  ),
  checks: [{ name: 'conservation', holds: true, at: secondsAgo(4) }],
  ...status,
});
