-- In all history, each song's counts of a day and region are the sums of its hours.
with days as (
    select *
    from {{ source('counts', 'song_counts') }}
    where grain = 'day'
),

hours as (
    select
        counts.region,
        date_trunc('day', counts.window_start, 'UTC') as window_start,
        counts.song_id,
        {{ counter_sums('counts') }}
    from {{ source('counts', 'song_counts') }} as counts
    where counts.grain = 'hour'
    group by counts.region, date_trunc('day', counts.window_start, 'UTC'), counts.song_id
)

select
    region,
    window_start,
    song_id
from days
full outer join hours using (region, window_start, song_id)
where {{ counters_differ('days', 'hours') }}
