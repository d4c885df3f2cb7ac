-- In all history, each song's counts of `global` are the sums of the regions.
with worldwide as (
    select *
    from {{ source('counts', 'song_counts') }}
    where region = 'global'
),

regions as (
    select
        counts.grain,
        counts.window_start,
        counts.song_id,
        {{ counter_sums('counts') }}
    from {{ source('counts', 'song_counts') }} as counts
    where counts.region <> 'global'
    group by counts.grain, counts.window_start, counts.song_id
)

select
    grain,
    window_start,
    song_id
from worldwide
full outer join regions using (grain, window_start, song_id)
where {{ counters_differ('worldwide', 'regions') }}
