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
where counts.window_start < {{ open_from(of='counts.grain') }} and {{ has_audience('counts') }}
union all
select
    counted.grain,
    counted.region,
    counted.window_start,
    counted.song_id,
    counted.song_key,
    counted.title,
    counted.artist,
    counted.{{ columns | join(',\n    counted.') }},
    true as live
from {{ ref('live_song_counts') }} as counted
where {{ has_audience('counted') }}
