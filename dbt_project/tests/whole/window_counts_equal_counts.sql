-- Every listed window carries the counts that its chart was made from: the sums of its songs' counts.
-- They are written when the windows are published. depends_on: {{ ref('settled_windows') }}
select
    grain,
    region,
    window_start
from {{ ref('settled_windows') }} as windows
full outer join {{ ref('settled_window_counts') }} as published using (grain, region, window_start)
full outer join {{ counted_windows() }} as counted using (grain, region, window_start)
where
    published.region is null
    or windows.total_plays <> coalesce(counted.plays, 0)
    or {{ counters_differ('published', 'counted', uncounted()) }}
