select
    grain,
    region,
    window_start,
    {{ uncounted() | join(',\n    ') }},
    false as live
from {{ ref('settled_window_counts') }}
where window_start < {{ open_from() }}
union all
select
    grain,
    region,
    window_start,
    {{ uncounted() | join(',\n    ') }},
    true as live
from {{ ref('live_chart_windows') }}
