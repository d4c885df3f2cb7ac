-- What the charts' contracts promise the api: the same columns and keys, made by the role that owns them.

create table charts.top_songs_hourly (
    region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
    plays bigint, raw_plays bigint, listeners bigint, previous_rank integer, movement text,
    peak_rank integer, peak_at timestamptz, windows_on_chart integer, streak integer, revision integer,
    live boolean default false,
    primary key (region, window_start, rank)
);
create table charts.top_songs_daily (like charts.top_songs_hourly including all);
create table charts.settled_hourly (
    region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
    plays bigint, raw_plays bigint, listeners bigint, previous_rank integer, movement text,
    peak_rank integer, peak_at timestamptz, windows_on_chart integer, streak integer, revision integer,
    primary key (region, window_start, rank)
);
create table charts.settled_daily (like charts.settled_hourly including all);

create table charts.chart_windows (
    grain text, region text, window_start timestamptz, window_end timestamptz, revision integer,
    total_plays bigint, total_songs bigint, changed_at timestamptz, computed_at timestamptz,
    live boolean default false, withheld boolean default false,
    primary key (grain, region, window_start)
);
create table charts.settled_windows (
    grain text, region text, window_start timestamptz, window_end timestamptz, revision integer,
    total_plays bigint, total_songs bigint, changed_at timestamptz, computed_at timestamptz,
    withheld boolean default false,
    primary key (grain, region, window_start)
);
create table charts.charted_open_windows (grain text, region text, window_start timestamptz);
create table charts.open_windows (grain text, open_from timestamptz, counted_from timestamptz);
create table charts.live_offsets (grain text, counted_from timestamptz, partition integer, next_offset bigint);
create table charts.former_songs (
    grain text, region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
    plays bigint, raw_plays bigint, listeners bigint, previous_rank integer, movement text,
    peak_rank integer, peak_at timestamptz, windows_on_chart integer, streak integer, revision integer,
    primary key (grain, region, window_start, revision, rank)
);
create table charts.former_windows (
    grain text, region text, window_start timestamptz, revision integer, window_end timestamptz,
    total_plays bigint, total_songs bigint, raw_plays bigint, too_short bigint, over_cap bigint,
    duplicates bigint, late bigint, changed_at timestamptz, computed_at timestamptz, replaced_at timestamptz,
    withheld boolean default false, withdrawn boolean default false,
    primary key (grain, region, window_start, revision)
);
create table charts.revision_causes (
    grain text, region text, window_start timestamptz, revision integer, cause text,
    primary key (grain, region, window_start, revision, cause)
);
create table charts.window_counts (
    grain text, region text, window_start timestamptz, plays bigint, raw_plays bigint, too_short bigint, over_cap bigint,
    duplicates bigint, late bigint, withheld boolean default false, live boolean default false, primary key (grain, region, window_start)
);
create table charts.song_counts (
    grain text, region text, window_start timestamptz, song_id text, song_key bigint, title text, artist text,
    plays bigint, raw_plays bigint, too_short bigint, over_cap bigint, duplicates bigint, late bigint, listeners bigint,
    live boolean default false,
    primary key (grain, region, window_start, song_id)
);
create table charts.withdrawn_keys (key_id text);
create table charts.chart_rules (minimum_listeners integer);
create table charts.pending_windows (grain text, region text, window_start timestamptz, waits_for text);
create table charts.enrichments (
    batch bigint primary key, begun_at timestamptz, finished_at timestamptz, received bigint, plays bigint,
    duplicates bigint, malformed bigint, end_offsets jsonb
);
create table charts.chart_progress (
    complete_through timestamptz, settled_through timestamptz, heartbeat_at timestamptz
);
create table charts.pipeline_stages (
    stage text primary key, lag_seconds double precision, lag_plays bigint,
    last_success timestamptz, last_error text, error_at timestamptz
);
create table charts.pipeline_checks (name text primary key, holds boolean, at timestamptz, detail text);
create table charts.regions (region text primary key, name text);
