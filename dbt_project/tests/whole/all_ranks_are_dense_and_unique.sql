-- In all history, every published chart counts 1, 2, 3, … up to the size of a chart, and each song stands once.

-- The charts are filled when the windows are published. depends_on: {{ ref('settled_windows') }}
with entries as (
    select
        'hour' as grain,
        region,
        window_start,
        rank,
        song_id
    from {{ ref('top_songs_hourly') }}
    union all
    select
        'day' as grain,
        region,
        window_start,
        rank,
        song_id
    from {{ ref('top_songs_daily') }}
)

select
    grain,
    region,
    window_start
from entries
group by grain, region, window_start
having
    min(rank) <> 1
    or max(rank) <> count(*)
    or max(rank) > {{ var('chart_size') }}
    or count(distinct rank) <> count(*)
    or count(distinct song_id) <> count(*)
