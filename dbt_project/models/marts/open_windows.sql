select
    grain,
    open_from,
    counted_from
from {{ source('live', 'open_windows') }}
