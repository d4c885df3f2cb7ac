select entries.{{ chart_columns() | join(',\n    entries.') }}
from {{ ref('settled_entries') }} as entries
where entries.chart = 'day' and {{ has_audience('entries') }}
