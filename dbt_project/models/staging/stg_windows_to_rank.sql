select
    grain,
    region,
    window_start,
    window_start + {{ window_length() }} as window_end
from {{ source('counts', 'windows_to_rank') }}
