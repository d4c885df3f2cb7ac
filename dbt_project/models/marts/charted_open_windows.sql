-- A lateral subquery, not `exists`, for which Postgres might read whole days to join them: each window is looked up.
select
    windows.grain,
    regions.region,
    windows.window_start
from {{ ref('stg_live_windows') }} as windows
cross join {{ ref('regions') }} as regions
cross join lateral (
    select 1 as entry
    from {{ source('live', 'song_counts') }} as counts
    where
        counts.day = windows.date_of_window
        and counts.hour = windows.hour_of_day
        and counts.region = regions.region
        and counts.plays > 0
        and {{ has_audience('counts') }}
    order by counts.song_id
    limit 1
) as first_entry
