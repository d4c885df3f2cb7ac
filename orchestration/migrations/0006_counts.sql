-- Schema `counts`: what is counted from the lake, and what dbt ranks. A database of an earlier checkout has these tables.
set local role loader;

-- Why the plays of a slice changed; a revision of its charts carries the cause.
do $$
begin
    create domain counts.cause as text check (value in ('late_plays', 'erasure', 'rebuild', 'redrive'));
exception when duplicate_object then null;
end $$;

create table if not exists counts.song_counts (
    grain text not null check (grain in ('hour', 'day')),
    region text not null,
    window_start timestamptz not null,
    song_id text not null,
    plays bigint not null,
    raw_plays bigint not null,
    too_short bigint not null,
    over_cap bigint not null,
    duplicates bigint not null,
    late bigint not null,
    listeners bigint not null,
    last_played_at timestamptz,
    title text not null,
    artist text not null,
    named_at timestamptz not null,
    named_by text not null,
    rules_version integer not null,
    primary key (grain, region, window_start, song_id)
);

comment on table counts.song_counts is 'One row per grain, region, window and song with any play or duplicate.';
comment on column counts.song_counts.grain is 'Length of the window: hour or day.';
comment on column counts.song_counts.region is 'ISO 3166-1 alpha-2 code, or global.';
comment on column counts.song_counts.window_start is 'First instant of the window, UTC.';
comment on column counts.song_counts.song_id is 'The song''s identity.';
comment on column counts.song_counts.plays is 'Counted plays: eligible and within the cap.';
comment on column counts.song_counts.raw_plays is 'Distinct plays: plays + over_cap + too_short.';
comment on column counts.song_counts.too_short is 'Plays that lasted too short to be eligible.';
comment on column counts.song_counts.over_cap is 'Eligible plays beyond the cap of their listener, song and hour.';
comment on column counts.song_counts.duplicates is 'Copies of plays that are counted already; not in raw_plays.';
comment on column counts.song_counts.late is 'Distinct plays received more than 10 minutes after their hour ended.';
comment on column counts.song_counts.listeners is 'Distinct listeners with an eligible play in this window and region.';
comment on column counts.song_counts.last_played_at is 'Start of the last eligible play in the window; null when there is none.';
comment on column counts.song_counts.title is 'Title as the earliest eligible play wrote it.';
comment on column counts.song_counts.artist is 'Artist as the earliest eligible play wrote it.';
comment on column counts.song_counts.named_at is 'Start of the play that named the song: the earliest eligible one.';
comment on column counts.song_counts.named_by is
'The play that named the song, "0" or "1" before its play_id: eligible plays come first.';
comment on column counts.song_counts.rules_version is 'Version of the counting rules that made the row.';

do $$ begin
    create type counts.song_name as (kind text, named_at timestamptz, named_by text collate "C", title text, artist text);
exception when duplicate_object then null;
end $$;

comment on type counts.song_name is
'Who named a song and how. They compare as their columns do, so the least of a song''s is the one it is known by. '
'Their least is a record, which only by way of text is one of these again.';

create table if not exists counts.windows_to_rank (
    grain text not null check (grain in ('hour', 'day')),
    region text not null,
    window_start timestamptz not null,
    cause counts.cause not null default 'late_plays',
    primary key (grain, region, window_start, cause)
);

comment on table counts.windows_to_rank is
'One row per window whose counts changed and whose chart is not built again yet, and per cause. '
'Written with the counts, deleted once dbt has published.';
comment on column counts.windows_to_rank.grain is 'Length of the window: hour or day.';
comment on column counts.windows_to_rank.region is 'ISO 3166-1 alpha-2 code, or global.';
comment on column counts.windows_to_rank.window_start is 'First instant of the window, UTC.';
comment on column counts.windows_to_rank.cause is 'Why its plays changed: late_plays, erasure, rebuild or redrive.';

create table if not exists counts.progress (
    only_row boolean primary key default true check (only_row),
    complete_through timestamptz,
    heartbeat_at timestamptz,
    covered_offsets jsonb
);

comment on table counts.progress is 'How far the charts have come; exactly one row.';
comment on column counts.progress.only_row is 'Always true: the key that keeps this table at one row.';
comment on column counts.progress.complete_through is
'Every play acknowledged before this instant is in silver and in the settled charts; null before the first run.';
comment on column counts.progress.heartbeat_at is 'When settle_charts last began or ended a step.';
comment on column counts.progress.covered_offsets is 'Kafka''s end offsets, by partition, that complete_through stands for.';

insert into counts.progress default values on conflict do nothing;

create table if not exists counts.offset_marks (
    noted_at timestamptz primary key,
    end_offsets jsonb not null
);

comment on table counts.offset_marks is
'One row per run of settle_charts whose offset watermark the settled charts do not cover yet.';
comment on column counts.offset_marks.noted_at is 'When Kafka''s end offsets were read.';
comment on column counts.offset_marks.end_offsets is 'End offset of each partition, read after noted_at.';

create table if not exists counts.stages (
    stage text primary key check (stage in ('kafka', 'bronze', 'silver', 'counts', 'charts')),
    lag_seconds double precision,
    lag_plays bigint,
    last_success timestamptz,
    last_error text,
    error_at timestamptz
);

comment on table counts.stages is 'One row per stage: how far it trails and what went wrong last.';
comment on column counts.stages.stage is 'kafka, bronze, silver, counts or charts.';
comment on column counts.stages.lag_seconds is 'Age of the oldest play that waits for this stage, in seconds.';
comment on column counts.stages.lag_plays is 'Plays that wait for this stage.';
comment on column counts.stages.last_success is 'When the stage last did its part, or began to have nothing to do.';
comment on column counts.stages.last_error is 'The last failure in a sentence; null when there was none.';
comment on column counts.stages.error_at is 'When that failure happened.';

create table if not exists counts.checks (
    name text primary key,
    holds boolean not null,
    at timestamptz not null,
    detail text
);

comment on table counts.checks is 'One row per rule that every run checks.';
comment on column counts.checks.name is 'The rule.';
comment on column counts.checks.holds is 'Whether it held when it was last checked.';
comment on column counts.checks.at is 'When it was last checked.';
comment on column counts.checks.detail is 'What was compared, or what differed.';

create table if not exists counts.foundation (
    only_row boolean primary key default true check (only_row),
    fingerprint text not null,
    laid_at timestamptz not null default now()
);

comment on table counts.foundation is 'The dbt project that the views and seeds were built from; at most one row.';
comment on column counts.foundation.only_row is 'Always true: the key that keeps this table at one row.';
comment on column counts.foundation.fingerprint is 'SHA-256 over the project''s files.';
comment on column counts.foundation.laid_at is 'When that was.';
