{%- set key = 'chart, region, window_start' -%}

-- Window by window and region by region: the songs of one are next to each other in the index, and no others are read.
with first_songs as (
    select
        charts.name as chart,
        windows.grain,
        regions.region,
        windows.window_start,
        windows.open_from,
        songs.*
    from {{ ref('charts') }} as charts
    inner join {{ ref('stg_live_windows') }} as windows on charts.grain = windows.grain
    cross join {{ ref('regions') }} as regions
    cross join
        lateral (
            select
                counts.song_id as song_key,
                cast(counts.plays as bigint) as plays,
                cast(counts.raw_plays as bigint) as raw_plays,
                cast(counts.listeners as bigint) as listeners,
                counts.last_played_at
            from {{ source('live', 'song_counts') }} as counts
            where
                counts.day = windows.date_of_window
                and counts.hour = windows.hour_of_day
                and counts.region = regions.region
                and counts.plays > 0
                and {{ has_audience('counts') }}
            order by {{ chart_order(live_song_order('counts.song_id')) }}
            limit charts.size
        ) as songs
    where charts.live and charts.entity = 'song'
)

select
    {{ key }},
    grain,
    open_from,
    cast(row_number() over (partition by {{ key }} order by {{ chart_order(live_song_order('song_key')) }}) as integer) as rank,
    song_key,
    {{ live_song_id('song_key') }} as song_id,
    plays,
    raw_plays,
    listeners
from first_songs
