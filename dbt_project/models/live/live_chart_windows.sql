select
    windows.grain,
    regions.region,
    windows.window_start,
    windows.window_end,
    counted.total_songs,
    counted.plays as total_plays,
    counted.shown_songs,
    counted.shown_plays,
    counted.withheld,
    counted.{{ uncounted() | join(',\n    counted.') }}
from {{ ref('stg_live_windows') }} as windows
cross join {{ ref('regions') }} as regions
cross join lateral (
    select
        count(*) filter (where counts.plays > 0) as total_songs,
        {{ shown_totals('counts') }},
        {{- counter_sums('counts') }}
    from {{ source('live', 'song_counts') }} as counts
    where
        counts.day = windows.date_of_window
        and counts.hour = windows.hour_of_day
        and counts.region = regions.region
    having count(*) > 0
) as counted
