select
    grain,
    region,
    window_start,
    song_id,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    listeners,
    last_played_at
from {{ source('counts', 'song_counts') }}
