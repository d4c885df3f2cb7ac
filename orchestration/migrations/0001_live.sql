-- Schema `live`: the counts of open windows, kept by the live counter (streaming/live).
set local role live;

create table live.open_windows (
    grain text primary key check (grain in ('hour', 'day')),
    open_from timestamptz not null,
    counted_from timestamptz not null,
    check (counted_from >= open_from)
);

comment on table live.open_windows is
'One row per grain: which windows are open (served from live), frozen (served, no longer counted) and settled.';
comment on column live.open_windows.grain is 'Length of the window: hour or day.';
comment on column live.open_windows.open_from is
'Windows that start before this are settled and served from the lake''s counts; infinity: live counts are off.';
comment on column live.open_windows.counted_from is
'Windows that start before this are frozen: the counter adds nothing to them, their late plays are the lake''s.';

insert into live.open_windows (grain, open_from, counted_from)
select
    grains.grain,
    date_trunc('day', now(), 'UTC'),
    date_trunc('day', now(), 'UTC')
from (values ('hour'), ('day')) as grains (grain);

create table live.offsets (
    partition integer primary key,
    next_offset bigint not null,
    complete_through timestamptz,
    counted_at timestamptz not null default now()
) with (fillfactor = 50);

comment on table live.offsets is 'One row per Kafka partition: how far it is counted. Written in the transaction that counts.';
comment on column live.offsets.partition is 'Kafka partition of the topic of plays.';
comment on column live.offsets.next_offset is 'The first offset that is not counted yet.';
comment on column live.offsets.complete_through is
'Every play of the partition acknowledged before this instant is counted; null before the first look at its end.';
comment on column live.offsets.counted_at is 'When the counter last committed: its heartbeat.';

create table live.freezes (
    grain text not null,
    counted_from timestamptz not null,
    partition integer not null,
    next_offset bigint not null,
    primary key (grain, counted_from, partition)
);

comment on table live.freezes is
'One row per freeze and Kafka partition: which messages are counted into the windows that start before counted_from.';
comment on column live.freezes.grain is 'Length of the frozen windows: hour or day.';
comment on column live.freezes.counted_from is 'The value of live.open_windows.counted_from that froze them.';
comment on column live.freezes.partition is 'Kafka partition of the topic of plays.';
comment on column live.freezes.next_offset is 'Messages before this offset are counted into the frozen windows, later ones are not.';

create table live.source (
    only_row boolean primary key default true check (only_row),
    topic_id text not null,
    user_id_fingerprint text not null
);

comment on table live.source is 'What live counts were made from; exactly one row after the first start.';
comment on column live.source.only_row is 'Always true: the key that keeps this table at one row.';
comment on column live.source.topic_id is 'Id of the Kafka topic that live.offsets belong to.';
comment on column live.source.user_id_fingerprint is 'Fingerprint of the key that hashes listeners.';

create table live.plays (
    day date not null,
    identity uuid not null,
    primary key (day, identity)
) partition by range (day);

comment on table live.plays is 'One row per distinct play of an open day.';
comment on column live.plays.day is 'UTC date of played_at.';
comment on column live.plays.identity is 'First 16 bytes of SHA-256 over listener, play_id and played_at.';

create table live.listener_songs (
    day date not null,
    listener uuid not null,
    song_id bigint not null,
    region text not null,
    hour smallint not null,
    eligible integer not null,
    primary key (day, listener, song_id, region, hour)
) partition by range (day);

comment on table live.listener_songs is
'One row per listener, song, region and hour of an open day: what the cap and distinct listeners are decided by.';
comment on column live.listener_songs.day is 'UTC date of the hour.';
comment on column live.listener_songs.listener is 'First 16 bytes of the hashed listener.';
comment on column live.listener_songs.song_id is 'The 16 hex digits of the song''s identity as a signed integer.';
comment on column live.listener_songs.region is 'ISO 3166-1 alpha-2 code.';
comment on column live.listener_songs.hour is 'Hour of the day, 0 to 23.';
comment on column live.listener_songs.eligible is 'Eligible plays, those over the cap included.';

create table live.song_counts (
    day date not null,
    hour smallint not null check (hour between -1 and 23),
    region text not null,
    song_id bigint not null,
    plays integer not null,
    raw_plays integer not null,
    too_short integer not null,
    over_cap integer not null,
    duplicates integer not null,
    late integer not null,
    listeners integer not null,
    last_played_at timestamptz,
    primary key (day, hour, region, song_id)
) partition by range (day);

comment on table live.song_counts is 'One row per song, region (or global) and hour, or whole day, of an open day.';
comment on column live.song_counts.day is 'UTC date of the window.';
comment on column live.song_counts.hour is 'Hour of the day, 0 to 23; -1 for the whole day.';
comment on column live.song_counts.region is 'ISO 3166-1 alpha-2 code, or global.';
comment on column live.song_counts.song_id is 'The 16 hex digits of the song''s identity as a signed integer.';
comment on column live.song_counts.plays is 'Counted plays: eligible and within the cap.';
comment on column live.song_counts.raw_plays is 'Distinct plays: plays + over_cap + too_short.';
comment on column live.song_counts.too_short is 'Plays that lasted too short to be eligible.';
comment on column live.song_counts.over_cap is 'Eligible plays beyond the cap of their listener, song, hour and region.';
comment on column live.song_counts.duplicates is 'Duplicates of plays that are counted already; not in raw_plays.';
comment on column live.song_counts.late is 'Distinct plays received more than 10 minutes after their hour ended.';
comment on column live.song_counts.listeners is 'Distinct listeners with an eligible play in this window and region.';
comment on column live.song_counts.last_played_at is 'Start of the last eligible play in the window; null when there is none.';

create table live.songs (
    song_id bigint primary key,
    title text not null,
    artist text not null
);

comment on table live.songs is 'One row per song: its name where settled charts do not name it yet.';
comment on column live.songs.song_id is 'The 16 hex digits of the song''s identity as a signed integer.';
comment on column live.songs.title is 'Title as the first counted play spelled it.';
comment on column live.songs.artist is 'Artist as the first counted play spelled it.';

-- Partitions are made apart and attached: that does not wait for readers and writers of other days.
create function live.create_partitions(of_day date) returns void language plpgsql as $$
declare
    suffix text := to_char(of_day, 'YYYYMMDD');
    options constant jsonb := '{
        "plays": "autovacuum_vacuum_insert_scale_factor = 0.5",
        "listener_songs": "fillfactor = 90, autovacuum_vacuum_scale_factor = 0.2",
        "song_counts": "fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.2"
    }';
    parent text;
begin
    perform pg_advisory_xact_lock(hashtext('live.create_partitions'));
    foreach parent in array array['plays', 'listener_songs', 'song_counts'] loop
        continue when to_regclass(format('live.%I', parent || '_' || suffix)) is not null;
        execute format(
            'create table live.%I (like live.%I including all) with (%s)',
            parent || '_' || suffix, parent, options ->> parent
        );
        execute format(
            'alter table live.%I attach partition live.%I for values from (%L) to (%L)',
            parent, parent || '_' || suffix, of_day, of_day + 1
        );
    end loop;
end
$$;

comment on function live.create_partitions is 'Create the partitions of one UTC day in every partitioned table; no effect where they exist.';

create function live.drop_partitions_before(first_kept date) returns integer language plpgsql as $$
declare
    dropped integer := 0;
    found record;
begin
    for found in
        select child.oid::regclass as name
        from pg_inherits
        inner join pg_class as child on child.oid = inhrelid
        inner join pg_class as parent on parent.oid = inhparent
        where
            parent.relnamespace = 'live'::regnamespace
            and parent.relkind = 'p'
            and child.relkind = 'r'
            and right(child.relname, 8) < to_char(first_kept, 'YYYYMMDD')
    loop
        execute format('drop table %s', found.name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

comment on function live.drop_partitions_before is 'Drop the partitions of all days before one; returns how many.';
