select
    grain,
    region,
    window_start,
    song_id,
    plays
from {{ source('counts', 'added_songs') }}
