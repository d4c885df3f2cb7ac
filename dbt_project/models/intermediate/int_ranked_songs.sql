{%- set key = 'chart, region, window_start' -%}

with first_songs as (
    select
        windows.chart,
        songs.*
    from {{ ref('stg_windows_to_rank') }} as windows
    -- Window by window, so that Postgres keeps the first songs of each instead of sorting them all.
    cross join lateral (
        select counts.*
        from {{ ref('stg_song_counts') }} as counts
        where
            counts.grain = windows.grain
            and counts.region = windows.region
            and counts.window_start = windows.window_start
            and counts.plays > 0
            and {{ has_audience('counts') }}
        order by {{ chart_order() }}
        limit windows.chart_size
    ) as songs
)

select
    {{ key }},
    cast(row_number() over (partition by {{ key }} order by {{ chart_order() }}) as integer) as rank,
    grain,
    song_id,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    listeners,
    last_played_at
from first_songs
