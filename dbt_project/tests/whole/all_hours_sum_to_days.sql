-- In all history, each song's counts of a settled day and region are the sums of its hours. A day whose hours settle has
-- no counts yet.
with days as (
    select *
    from {{ source('counts', 'song_counts') }}
    where grain = 'day'
),

settled_days as (
    select distinct
        region,
        window_start
    from days
),

hours as (
    select
        settled_days.region,
        settled_days.window_start,
        counts.song_id,
        {{ counter_sums('counts') }}
    from settled_days
    inner join {{ source('counts', 'song_counts') }} as counts
        on
            settled_days.region = counts.region
            and settled_days.window_start = date_trunc('day', counts.window_start, 'UTC')
    where counts.grain = 'hour'
    group by settled_days.region, settled_days.window_start, counts.song_id
)

select
    region,
    window_start,
    song_id
from days
full outer join hours using (region, window_start, song_id)
where {{ counters_differ('days', 'hours') }}
