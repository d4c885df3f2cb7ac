with counted as (
    select
        windows.grain,
        windows.grain as chart,
        windows.window_start,
        windows.open_from,
        counts.region,
        counts.song_id as song_key,
        {{ live_song_id('counts.song_id') }} as song_id,
        cast(counts.plays as bigint) as plays,
        cast(counts.raw_plays as bigint) as raw_plays,
        cast(counts.too_short as bigint) as too_short,
        cast(counts.over_cap as bigint) as over_cap,
        cast(counts.duplicates as bigint) as duplicates,
        cast(counts.late as bigint) as late,
        cast(counts.listeners as bigint) as listeners
    from {{ ref('stg_live_windows') }} as windows
    inner join {{ source('live', 'song_counts') }} as counts
        on windows.date_of_window = counts.day and windows.hour_of_day = counts.hour
)

select
    counted.grain,
    counted.region,
    counted.window_start,
    counted.song_id,
    counted.song_key,
    {{ name_columns() }},
    counted.{{ counters() | join(',\n    counted.') }},
    counted.listeners
from counted
{{ join_names('counted') }}
