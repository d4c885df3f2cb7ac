select
    grain,
    region,
    window_start,
    {{ counters() | join(',\n    ') }},
    withheld,
    false as live
from {{ ref('settled_window_counts') }}
where window_start < {{ open_from() }}
union all
select
    grain,
    region,
    window_start,
    total_plays as plays,
    {{ uncounted() | join(',\n    ') }},
    withheld,
    true as live
from {{ ref('live_chart_windows') }}
