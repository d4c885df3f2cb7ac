-- Days are sums of hours: in total for every settled day that a changed window belongs to, and for each ranked song of a
-- changed day. A day whose hours settle has no chart yet.

-- Every chart of a grain has the same totals.
with changes as (
    select distinct
        grain,
        region,
        window_start,
        total_plays
    from {{ ref('int_window_changes') }}
),

days as (
    select distinct
        region,
        date_trunc('day', window_start, 'UTC') as day_start
    from changes
),

windows as (
    select
        region,
        day_start,
        'day' as grain,
        day_start as window_start
    from days
    union all
    select
        days.region,
        days.day_start,
        'hour' as grain,
        days.day_start + hours.hour_of_day * interval '1 hour' as window_start
    from days
    cross join generate_series(0, 23) as hours (hour_of_day)
),

totals as (
    select
        windows.region,
        windows.day_start,
        windows.grain,
        sum(coalesce(changes.total_plays, published.total_plays)) as total_plays
    from windows
    left join changes using (grain, region, window_start)
    left join lateral {{ published_counts('windows') }} as published on true
    group by windows.region, windows.day_start, windows.grain
),

day_songs as (
    select *
    from {{ ref('int_ranked_songs') }}
    where grain = 'day'
)

select
    region,
    day_start,
    cast(null as text) as song_id
from totals
group by region, day_start
having
    count(total_plays) filter (where grain = 'day') > 0
    and coalesce(sum(total_plays) filter (where grain = 'day'), 0)
    <> coalesce(sum(total_plays) filter (where grain = 'hour'), 0)
union all
select
    day_songs.region,
    day_songs.window_start as day_start,
    day_songs.song_id
from day_songs
-- Each song by itself: however few the planner expects, the hours of all are not added up once for each of them.
cross join
    lateral (
        select {{ counter_sums('hours') }}
        from {{ ref('stg_song_counts') }} as hours
        where
            hours.grain = 'hour'
            and hours.region = day_songs.region
            and hours.window_start >= day_songs.window_start
            and hours.window_start < day_songs.window_start + interval '1 day'
            and hours.song_id = day_songs.song_id
    ) as hour_songs
where {{ counters_differ('day_songs', 'hour_songs') }}
