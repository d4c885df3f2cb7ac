"""The statement over the first songs of a region's last windows that have ended."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL

from api.charts.grains import Grain
from api.charts.queries import PROGRESS_OF_GRAIN, SONGS

_LAST_CHARTS: Final = SQL("""
    with {progress},
    newest as (
        select coalesce(live_through, settled_through) as counted_through from progress
    )
    select window_start, window_start + %(length)s as window_end, rank, title, artist, plays
    from {songs}
    where region = %(region)s and rank <= %(songs)s
        and window_start >= (select counted_through from newest) - (%(windows)s + 1) * %(length)s
        and window_start <= (select counted_through from newest) - %(length)s
    order by window_start desc, rank
    limit %(windows)s * %(songs)s""")

LAST_CHARTS: Final[dict[Grain, bytes]] = {
    grain: _LAST_CHARTS.format(progress=PROGRESS_OF_GRAIN, songs=songs).as_bytes() for grain, songs in SONGS.items()
}
"""Entries, newest window first, then by rank. Parameters: grain, region, length (interval), windows, songs (how many of
each window)."""
