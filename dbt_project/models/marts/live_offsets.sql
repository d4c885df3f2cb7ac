select
    grain,
    counted_from,
    partition,
    next_offset
from {{ source('live', 'freezes') }}
union all
select
    open_windows.grain,
    'infinity' as counted_from,
    counted.partition,
    counted.next_offset
from {{ source('live', 'offsets') }} as counted
cross join {{ source('live', 'open_windows') }} as open_windows
