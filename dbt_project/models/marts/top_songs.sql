select
    settled.chart,
    settled.{{ chart_columns() | join(',\n    settled.') }},
    false as live
from {{ ref('charts') }} as charts
inner join {{ ref('settled_entries') }} as settled on charts.name = settled.chart
where settled.window_start < {{ open_from(of='charts.grain') }} and {{ has_audience('settled') }}
union all
select
    chart,
    {{ chart_columns() | join(',\n    ') }},
    true as live
from {{ ref('live_chart_entries') }}
