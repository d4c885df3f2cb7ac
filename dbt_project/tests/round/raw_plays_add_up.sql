-- Of every ranked song, each distinct play is counted, over the cap, or too short; and every listener has a counted play.
select
    chart,
    region,
    window_start,
    song_id
from {{ ref('int_ranked_songs') }}
where
    raw_plays <> plays + over_cap + too_short
    or listeners not between 1 and plays
