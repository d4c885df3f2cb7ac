-- The rules of counting, written on their own for the audit: one day of bronze, whose rows nobody has judged
-- beyond `problem`. Given: bronze (that day's rows), covered (partition, end_offset), withdrawn (key_id) and songs (title,
-- artist, song_id).

-- Of copies with the same listener, play_id and start the first in Kafka is the play.
create or replace temp table plays as
select
    bronze.region,
    date_trunc('hour', bronze.played_at) as hour,
    bronze.title,
    bronze.artist,
    bronze.user_id,
    bronze.key_id,
    bronze.play_id,
    bronze.played_at,
    coalesce(bronze.ms_played >= 30000, true) as is_eligible
from bronze
inner join covered
    on bronze.partition = covered.partition and bronze.offset < covered.end_offset
where bronze.problem is null
qualify row_number() over (
    partition by bronze.user_id, bronze.play_id, bronze.played_at order by bronze.partition, bronze.offset) = 1;

-- A copy of a withdrawn play stays a copy.
delete from plays where key_id in (select key_id from withdrawn);

insert into songs
select
    title,
    artist,
    identify_song(title, artist) as song_id
from (select distinct title, artist from plays)
anti join songs using (title, artist);

insert into song_counts
with capped as (
    select
        plays.region,
        plays.hour,
        songs.song_id,
        plays.user_id,
        count(*) as raw_plays,
        least(count(*) filter (where is_eligible), 10) as plays,
        max(plays.played_at) filter (where is_eligible) as last_played_at
    from plays
    inner join songs using (title, artist)
    group by plays.region, plays.hour, songs.song_id, plays.user_id
)

select
    if(grouping(hour) = 0, 'hour', 'day') as grain,
    if(grouping(region) = 0, region, 'global') as region,
    if(grouping(hour) = 0, hour, date_trunc('day', any_value(hour))) as window_start,
    song_id,
    sum(plays)::bigint as plays,
    sum(raw_plays)::bigint as raw_plays,
    count(distinct user_id) filter (where plays > 0) as listeners,
    max(last_played_at) as last_played_at
from capped
group by grouping sets ((region, hour, song_id), (hour, song_id), (region, song_id), (song_id));

-- A listener counts once a day for a song, as the first of their eligible plays spells it.
insert into song_spellings
with listeners as (
    select
        plays.hour::date as day,
        songs.song_id,
        plays.user_id,
        min(row(plays.played_at, plays.play_id, plays.title, plays.artist)) as first_play
    from plays
    inner join songs using (title, artist)
    where plays.is_eligible
    group by all
)

select
    day,
    song_id,
    first_play[3] as title,
    first_play[4] as artist,
    count(*) as listeners,
    min(first_play[1]) as first_played_at
from listeners
group by all;
