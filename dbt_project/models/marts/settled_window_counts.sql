{{ config(fills=true) }}

select
    counts.grain,
    counts.region,
    counts.window_start,
    {{- counter_sums('counts', uncounted()) }}
from {{ ref('stg_song_counts') }} as counts
group by counts.grain, counts.region, counts.window_start
