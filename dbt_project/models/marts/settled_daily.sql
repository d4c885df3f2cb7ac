select
    region,
    window_start,
    rank,
    song_id,
    title,
    artist,
    plays,
    raw_plays,
    listeners,
    previous_rank,
    movement,
    peak_rank,
    peak_at,
    windows_on_chart,
    streak,
    revision
from {{ ref('int_chart_entries') }}
where grain = 'day'
