{%- set key = 'grain, region, window_start' -%}

with windows as (
    select
        {{ key }},
        is_whole
    from {{ ref('stg_windows_to_rank') }}
),

shown as (
    select
        windows.grain,
        windows.region,
        windows.window_start,
        published.song_id,
        published.plays
    from windows
    cross join lateral {{ published_chart('windows') }} as published
    where not windows.is_whole
),

-- Charts that follow from what they show and what was added: no song left out of both can have come before one shown.
-- One that does not show as much as it might, because its size was set anew, is drawn from all songs.
growing as (
    select
        shown.grain,
        shown.region,
        shown.window_start,
        case when count(*) < {{ var('chart_size') }} then 0 else min(shown.plays) end as plays_to_enter
    from shown
    cross join lateral {{ published_window('shown') }} as published_windows
    group by shown.grain, shown.region, shown.window_start
    having count(*) = least(min(published_windows.total_songs), {{ var('chart_size') }})
),

candidates as (
    select
        {{ key }},
        shown.song_id
    from shown
    inner join growing using ({{ key }})
    union
    select
        {{ key }},
        added.song_id
    from {{ ref('stg_added_songs') }} as added
    inner join growing using ({{ key }})
    where added.plays >= growing.plays_to_enter
),

windows_of_all_songs as (
    select
        windows.grain,
        windows.region,
        windows.window_start
    from windows
    left join growing using ({{ key }})
    where growing.region is null
),

first_songs as (
    select songs.*
    from candidates
    cross join lateral {{ counted_song('candidates') }} as songs
    union all
    select songs.*
    from windows_of_all_songs as windows
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
),

ranked as (
    select
        *,
        row_number() over (partition by {{ key }} order by {{ chart_order() }}) as rank
    from first_songs
)

select
    {{ key }},
    cast(rank as integer) as rank,
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
from ranked
where rank <= {{ var('chart_size') }}
