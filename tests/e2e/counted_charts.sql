-- The rules of counting, written a second time and on their own, for count_charts.py.
-- Given: accepted (well_formed_plays.sql), listeners (user_id, listener) and spellings (title,
-- artist, song_id). Times are UTC without a zone until the last step.

create table copies as
select
    accepted.line_number,
    listeners.listener,
    accepted.region,
    spellings.song_id,
    accepted.title,
    accepted.artist,
    accepted.played_at,
    date_trunc('hour', accepted.played_at) as hour,
    coalesce(accepted.ms_played >= 30000, true) as eligible,
    coalesce(
        accepted.chosen_play_id,
        'd_' || left(sha256(
            listeners.listener || chr(31) || spellings.song_id || chr(31)
            || strftime(accepted.played_at, '%Y-%m-%dT%H:%M:%S.%fZ')), 32)) as play_id
from accepted
inner join listeners on accepted.user_id = listeners.user_id
inner join spellings on accepted.title = spellings.title and accepted.artist = spellings.artist;

create table plays as
select *
from copies
qualify row_number() over (partition by listener, play_id, played_at order by line_number) = 1;

-- One row per region, hour, song and listener: the place where the cap is decided.
create table listener_hours as
select
    region,
    hour,
    song_id,
    listener,
    count(*) as raw_plays,
    count(*) filter (where eligible) as eligible_plays,
    least(count(*) filter (where eligible), 10) as plays,
    min({'played_at': played_at, 'play_id': play_id, 'title': title, 'artist': artist})
        filter (where eligible) as earliest,
    max(played_at) filter (where eligible) as last_played_at
from plays
group by region, hour, song_id, listener;

create table song_counts as
with places as (
    select listener_hours.*, place.region as chart_region
    from listener_hours
    cross join lateral (select unnest([listener_hours.region, 'global']) as region) as place
),

windows as (
    select 'hour' as grain, hour as window_start, * from places
    union all
    select 'day' as grain, date_trunc('day', hour) as window_start, * from places
)

select
    grain,
    chart_region as region,
    window_start,
    song_id,
    sum(plays)::bigint as plays,
    sum(raw_plays)::bigint as raw_plays,
    count(distinct listener) filter (where eligible_plays > 0) as listeners,
    max(last_played_at) as last_played_at,
    min(earliest) as earliest
from windows
group by grain, chart_region, window_start, song_id;

create table entries as
select
    *,
    row_number() over (
        partition by grain, region, window_start
        order by plays desc, listeners desc, last_played_at asc, song_id asc)::integer as rank
from song_counts
where plays > 0
qualify rank <= 100;

create table charts as
with appearances as (
    select
        *,
        case grain when 'hour' then interval 1 hour else interval 1 day end as step,
        row_number() over so_far as windows_on_chart,
        min({'rank': rank, 'window_start': window_start}) over so_far as peak,
        lag(window_start) over so_far as last_appearance,
        lag(rank) over so_far as last_rank
    from entries
    window so_far as (
        partition by grain, region, song_id order by window_start
        rows between unbounded preceding and current row)
),

compared as (
    select
        *,
        case when last_appearance = window_start - step then last_rank end as previous_rank,
        window_start - step * windows_on_chart::integer as run
    from appearances
)

select
    grain,
    region,
    window_start at time zone 'UTC' as window_start,
    rank,
    song_id,
    earliest.title as title,
    earliest.artist as artist,
    plays,
    raw_plays,
    listeners,
    previous_rank,
    case
        when windows_on_chart = 1 then 'new'
        when previous_rank is null then 're_entry'
        when rank < previous_rank then 'up'
        when rank > previous_rank then 'down'
        else 'same'
    end as movement,
    peak.rank as peak_rank,
    peak.window_start at time zone 'UTC' as peak_at,
    windows_on_chart::integer as windows_on_chart,
    row_number() over (
        partition by grain, region, song_id, run order by window_start)::integer as streak
from compared;
