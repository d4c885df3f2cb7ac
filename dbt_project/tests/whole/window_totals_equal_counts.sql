-- What rounds add to a window's totals comes to the sums of its songs' counts.
with counted as (
    select
        counts.grain,
        counts.region,
        counts.window_start,
        count(*) filter (where counts.plays > 0) as total_songs,
        {{- counter_sums('counts') }}
    from {{ source('counts', 'song_counts') }} as counts
    group by counts.grain, counts.region, counts.window_start
)

select
    grain,
    region,
    window_start
from {{ ref('stg_window_totals') }} as totals
full outer join counted using (grain, region, window_start)
where
    coalesce(totals.total_songs, 0) <> coalesce(counted.total_songs, 0)
    or {{ counters_differ('totals', 'counted') }}
