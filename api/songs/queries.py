"""The statement over one song's appearances on the charts."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed

from api.charts.grains import Grain
from api.charts.queries import PROGRESS_OF_GRAIN, SONGS

_HISTORY: Final = SQL("""
    with {progress}
    select window_start, rank, movement, plays, listeners, title, artist
    from {songs}
    where region = %(region)s and song_id = %(song_id)s
        and window_start >= coalesce(%(since)s::timestamptz, '-infinity')
        and window_start < coalesce(%(until)s::timestamptz, 'infinity')
        and window_start < coalesce(
            case when live then (select live_through from progress) else (select settled_through from progress) end,
            'infinity'
        )
    order by window_start desc
    limit %(limit)s""")

HISTORY: Final[dict[Grain, Composed]] = {
    grain: _HISTORY.format(progress=PROGRESS_OF_GRAIN, songs=songs) for grain, songs in SONGS.items()
}
"""Appearances, newest first. Parameters: region, song_id, since and until (may be null), limit."""
