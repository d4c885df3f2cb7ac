select
    {{ chart_columns() | join(',\n    ') }},
    false as live
from {{ ref('settled_hourly') }}
where window_start < {{ open_from('hour') }}
union all
select
    {{ chart_columns() | join(',\n    ') }},
    true as live
from {{ ref('live_chart_entries') }}
where chart = 'hour'
