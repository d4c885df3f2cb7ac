{%- set columns = counters() + ['listeners'] -%}

select
    counts.grain,
    counts.region,
    counts.window_start,
    counts.song_id,
    cast(null as bigint) as song_key,
    {{ name_columns() }},
    counts.{{ columns | join(',\n    counts.') }},
    false as live
from {{ source('counts', 'song_counts') }} as counts
{{ join_names('counts') }}
where counts.window_start < {{ open_from(of='counts.grain') }}
union all
select
    grain,
    region,
    window_start,
    song_id,
    song_key,
    title,
    artist,
    {{ columns | join(',\n    ') }},
    true as live
from {{ ref('live_song_counts') }}
