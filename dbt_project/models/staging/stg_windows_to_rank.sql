select
    grain,
    region,
    window_start,
    window_start + {{ window_length() }} as window_end,
    string_agg(cause, ' ' order by cause) as causes
from {{ source('counts', 'windows_to_rank') }}
group by grain, region, window_start
