-- Names of songs: how many listeners spelled each song how, from which dbt names it in charts.dim_songs. Counts and builds
-- keep no names. The views that read those columns go with them; the next run of settle_charts creates all views.
set local role dbt;

create table charts.dim_songs (
    song_id text primary key,
    title text not null,
    artist text not null
);

-- Pruning deletes the counter's names of songs that have one here.
grant select on charts.dim_songs to loader;

insert into charts.dim_songs (song_id, title, artist)
select distinct on (song_id)
    song_id,
    title,
    artist
from counts.song_counts
order by song_id asc, window_start desc;

alter table builds.chart_entries drop column title cascade, drop column artist cascade;

set local role loader;

alter table counts.song_counts
drop column title cascade, drop column artist cascade, drop column named_at cascade, drop column named_by cascade;
drop type counts.song_name;

create table counts.song_spellings (
    day date not null,
    song_id text not null,
    title text not null,
    artist text not null,
    listeners bigint not null check (listeners >= 0),
    first_played_at timestamptz not null
);

-- A song's days are next to each other; a title and an artist are too long for an index.
create unique index song_spellings_key on counts.song_spellings (song_id, day, md5(title || chr(31) || artist));
create index song_spellings_day on counts.song_spellings (day);

comment on table counts.song_spellings is
'One row per settled day, song and spelling: how many listeners spelled the song so. A listener counts once a day for a song.';
comment on column counts.song_spellings.day is 'UTC date.';
comment on column counts.song_spellings.song_id is 'The song''s identity.';
comment on column counts.song_spellings.title is 'The title as these listeners'' plays spell it.';
comment on column counts.song_spellings.artist is 'The artist as these listeners'' plays spell it.';
comment on column counts.song_spellings.listeners is 'Listeners whose first eligible play of the day is spelled so.';
comment on column counts.song_spellings.first_played_at is 'Start of the first of these plays.';

create table counts.songs_to_name (song_id text primary key);

comment on table counts.songs_to_name is
'One row per song whose spellings changed since dbt last named songs. Written with the spellings.';
comment on column counts.songs_to_name.song_id is 'The song''s identity.';

set local role live;

-- Settled charts look up songs of days that are not settled yet by their song_id.
create unique index songs_song_id on live.songs (('s2_' || lpad(to_hex(song_id), 16, '0')));
