select
    grain,
    region,
    window_start,
    total_songs,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late
from {{ source('counts', 'window_totals') }}
