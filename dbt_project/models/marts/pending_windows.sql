select
    grain,
    region,
    window_start,
    'rank' as waits_for
from {{ source('counts', 'windows_to_rank') }}
union
select
    'hour' as grain,
    region,
    hour_start as window_start,
    'count' as waits_for
from {{ source('ledger', 'slices_to_count') }}
