-- What the charts' contracts promise the api: the same columns and keys, made by the role that owns them.

create table charts.top_songs_hourly (
    region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
    plays bigint, raw_plays bigint, listeners bigint, previous_rank integer, movement text,
    peak_rank integer, peak_at timestamptz, windows_on_chart integer, streak integer, revision integer,
    primary key (region, window_start, rank)
);
create table charts.top_songs_daily (like charts.top_songs_hourly including all);

create table charts.chart_windows (
    grain text, region text, window_start timestamptz, window_end timestamptz, revision integer,
    total_plays bigint, total_songs bigint, changed_at timestamptz, computed_at timestamptz,
    primary key (grain, region, window_start)
);
create table charts.chart_progress (complete_through timestamptz, heartbeat_at timestamptz);
create table charts.pipeline_stages (
    stage text primary key, lag_seconds double precision, lag_plays bigint,
    last_success timestamptz, last_error text, error_at timestamptz
);
create table charts.pipeline_checks (name text primary key, holds boolean, at timestamptz, detail text);
create table charts.regions (region text primary key, name text);
