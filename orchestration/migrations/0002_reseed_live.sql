-- Reseeding live counts: rows of a day are loaded into tables apart, which then take the place of its partitions.
set local role live;

create table live.reseeded_totals (
    day date not null,
    hour smallint not null,
    region text not null,
    song_id bigint not null,
    raw_plays integer not null,
    too_short integer not null,
    duplicates integer not null,
    late integer not null,
    last_played_at timestamptz
);

comment on table live.reseeded_totals is
'One row per song, region and hour of the days under way in a reseed: what does not follow from live.listener_songs.';
comment on column live.reseeded_totals.day is 'UTC date of the hour.';
comment on column live.reseeded_totals.hour is 'Hour of the day, 0 to 23.';
comment on column live.reseeded_totals.region is 'ISO 3166-1 alpha-2 code.';
comment on column live.reseeded_totals.song_id is 'The 16 hex digits of the song''s identity as a signed integer.';
comment on column live.reseeded_totals.raw_plays is 'Distinct plays.';
comment on column live.reseeded_totals.too_short is 'Plays too short to be eligible.';
comment on column live.reseeded_totals.duplicates is 'Duplicates of plays.';
comment on column live.reseeded_totals.late is 'Distinct plays received more than 10 minutes after their hour ended.';
comment on column live.reseeded_totals.last_played_at is 'Start of the last eligible play; null when there is none.';

create function live.create_reseed_tables(of_day date) returns void language plpgsql as $$
declare
    suffix text := to_char(of_day, 'YYYYMMDD');
    parent text;
begin
    perform live.create_partitions(of_day);
    delete from live.reseeded_totals where day = of_day;
    foreach parent in array array['plays', 'listener_songs', 'song_counts'] loop
        execute format('drop table if exists live.%I', 'reseed_' || parent || '_' || suffix);
        execute format(
            'create table live.%I (like live.%I including all)',
            'reseed_' || parent || '_' || suffix, parent || '_' || suffix
        );
    end loop;
end
$$;

comment on function live.create_reseed_tables is 'Make the empty tables that the rows of one UTC day are loaded into.';

create function live.swap_reseed_tables(of_day date) returns void language plpgsql as $$
declare
    suffix text := to_char(of_day, 'YYYYMMDD');
    parent text;
    options text;
begin
    foreach parent in array array['plays', 'listener_songs', 'song_counts'] loop
        select coalesce(array_to_string(reloptions, ', '), '') into options
        from pg_class
        where oid = to_regclass(format('live.%I', parent || '_' || suffix));
        execute format('drop table live.%I', parent || '_' || suffix);
        execute format('alter table live.%I rename to %I', 'reseed_' || parent || '_' || suffix, parent || '_' || suffix);
        execute format('alter table live.%I set (%s)', parent || '_' || suffix, options);
        execute format(
            'alter table live.%I attach partition live.%I for values from (%L) to (%L)',
            parent, parent || '_' || suffix, of_day, of_day + 1
        );
    end loop;
    delete from live.reseeded_totals where day = of_day;
end
$$;

comment on function live.swap_reseed_tables is 'Put the loaded tables of one UTC day in the place of its partitions.';
