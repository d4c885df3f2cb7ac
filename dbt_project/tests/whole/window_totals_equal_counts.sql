-- What rounds add to a window's totals comes to the sums of its songs' counts.
select
    grain,
    region,
    window_start
from {{ ref('stg_window_totals') }} as totals
full outer join {{ counted_windows() }} as counted using (grain, region, window_start)
where
    coalesce(totals.total_songs, 0) <> coalesce(counted.total_songs, 0)
    or {{ counters_differ('totals', 'counted') }}
