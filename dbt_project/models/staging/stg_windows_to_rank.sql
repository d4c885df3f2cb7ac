select
    grain,
    region,
    window_start,
    window_start + {{ window_length() }} as window_end,
    array_agg(cast(cause as text) order by cause) as causes
from {{ source('counts', 'windows_to_rank') }}
group by grain, region, window_start
