select
    grain,
    region,
    window_start,
    song_id,
    title,
    artist,
    plays,
    raw_plays,
    too_short,
    over_cap,
    duplicates,
    late,
    listeners
from {{ source('counts', 'song_counts') }}
