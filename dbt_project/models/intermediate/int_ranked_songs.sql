with first_songs as (
    select
        windows.grain,
        windows.region,
        windows.window_start,
        songs.song_id,
        songs.title,
        songs.artist,
        songs.plays,
        songs.raw_plays,
        songs.too_short,
        songs.over_cap,
        songs.duplicates,
        songs.late,
        songs.listeners,
        songs.last_played_at
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
        order by {{ chart_order() }}
        limit {{ var('chart_size') }}
    ) as songs
)

select
    grain,
    region,
    window_start,
    cast(row_number() over (partition by grain, region, window_start order by {{ chart_order() }}) as integer) as rank,
    song_id,
    title,
    artist,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    listeners,
    last_played_at
from first_songs
