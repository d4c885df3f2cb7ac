select
    {{ chart_columns() | join(',\n    ') }},
    false as live
from {{ ref('settled_daily') }}
where window_start < {{ open_from('day') }}
union all
select
    {{ chart_columns() | join(',\n    ') }},
    true as live
from {{ ref('live_chart_entries') }}
where chart = 'day'
