{%- set columns = ['title', 'artist'] + counters() + ['listeners'] -%}

select
    grain,
    region,
    window_start,
    song_id,
    cast(null as bigint) as song_key,
    {{ columns | join(',\n    ') }},
    false as live
from {{ source('counts', 'song_counts') }}
where window_start < {{ open_from() }}
union all
select
    grain,
    region,
    window_start,
    song_id,
    song_key,
    {{ columns | join(',\n    ') }},
    true as live
from {{ ref('live_song_counts') }}
