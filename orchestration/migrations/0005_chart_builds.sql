-- Settled charts as immutable builds, and the revisions that point at them. dbt appends to the first table and moves the
-- second; it creates neither, so that a full refresh cannot drop revisions, which counts alone cannot give back.
set local role dbt;

-- The charts of version 1; `make rebuild` builds them again from the counts.
drop table if exists
charts.settled_hourly, charts.settled_daily, charts.settled_windows, charts.settled_window_counts,
charts.former_songs, charts.former_windows, charts.revision_causes cascade;

create table builds.chart_entries (
    chart text not null,
    region text not null,
    window_start timestamptz not null,
    build_id uuid not null,
    rank integer not null check (rank > 0),
    song_id text not null,
    title text not null,
    artist text not null,
    plays bigint not null check (plays > 0),
    raw_plays bigint not null check (raw_plays >= plays),
    listeners bigint not null check (listeners between 1 and plays),
    previous_rank integer check ((previous_rank is null) = (movement in ('new', 're_entry'))),
    movement text not null check (movement in ('new', 're_entry', 'up', 'down', 'same')),
    peak_rank integer not null check (peak_rank between 1 and rank),
    peak_at timestamptz not null check (peak_at <= window_start),
    windows_on_chart integer not null check (windows_on_chart >= streak),
    streak integer not null check (streak > 0),
    primary key (chart, region, window_start, build_id, rank)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- A song's history.
create index chart_entries_song on builds.chart_entries (chart, region, song_id, window_start);

create table builds.chart_revisions (
    chart text not null,
    region text not null,
    window_start timestamptz not null,
    revision integer not null check (revision > 0),
    build_id uuid,
    window_end timestamptz not null check (window_end > window_start),
    entries integer not null check (entries >= 0),
    total_plays bigint not null check (total_plays >= total_songs),
    total_songs bigint not null check (total_songs >= entries),
    raw_plays bigint not null,
    too_short bigint not null,
    over_cap bigint not null,
    duplicates bigint not null,
    late bigint not null,
    causes text check (revision > 1 or causes is null),
    changed_at timestamptz,
    computed_at timestamptz check (computed_at >= changed_at),
    replaced_at timestamptz,
    primary key (chart, region, window_start, revision)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- Windows of all regions are looked up by their start. Not unique: where a revision opens, one statement ends another one.
create index chart_revisions_current on builds.chart_revisions (chart, window_start, region) where replaced_at is null;

-- Pruning deletes builds that no revision shows.
grant select, delete on builds.chart_entries to loader;
grant select on builds.chart_revisions to loader;
