select {{ chart_columns() | join(',\n    ') }}
from {{ ref('settled_entries') }}
where chart = 'day'
