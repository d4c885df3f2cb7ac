"""Statements over entries of many charts: of all regions in one window, and of one region over time."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL

from api.charts.grains import Grain
from api.charts.queries import NEWEST, PROGRESS_OF_GRAIN, SONGS

_COUNTED: Final = SQL("""
    window_start < coalesce(
        case when live then (select live_through from progress) else (select settled_through from progress) end,
        'infinity'
    )""")
"""Whether an entry's window is computed."""

_EVERY_REGION: Final = SQL("""
    with {progress},
    asked as (
        select window_start, window_start >= (select open_from from progress) as live
        from (select coalesce(%(window_start)s::timestamptz, {newest}) as window_start) as chosen
        where window_start is not null
    )
    select
        asked.window_start,
        coalesce((
            select case when asked.live then live_through else settled_through end > asked.window_start from progress
        ), true) as is_computed,
        (
            select json_agg(row_to_json(found) order by {order})
            from (
                select
                    entry.region, known.name, entry.rank, entry.song_id, entry.title, entry.artist, entry.plays,
                    entry.listeners, entry.movement, entry.previous_rank, entry.peak_rank, entry.streak
                from {songs} as entry
                join charts.regions as known using (region)
                where {which} and entry.window_start = (select window_start from asked)
                    and entry.live = (select live from asked)
            ) as found
        ) as entries
    from asked""")

_NUMBER_ONES: Final = SQL("""
    with {progress}
    select window_start, song_id, title, artist, plays, listeners, movement, streak
    from {songs}
    where region = %(region)s and rank = 1
        and window_start >= coalesce(%(since)s::timestamptz, '-infinity')
        and window_start < coalesce(%(until)s::timestamptz, 'infinity')
        and {counted}
    order by window_start desc
    limit %(limit)s""")


def _in_every_region(which: str, order: str) -> dict[Grain, bytes]:
    parts = {"progress": PROGRESS_OF_GRAIN, "newest": NEWEST, "which": SQL(which), "order": SQL(order)}
    return {grain: _EVERY_REGION.format(**parts, songs=songs).as_bytes() for grain, songs in SONGS.items()}


LEADERS: Final = _in_every_region("entry.rank = 1", "found.region <> 'global', found.name, found.region")
"""Every region's number one in one window, in one row. Parameters: grain, region (whose newest window is meant when
window_start is null), window_start. No row: there is no window yet."""

PLACEMENTS: Final = _in_every_region("entry.song_id = %(song_id)s", "found.rank, found.plays desc, found.region")
"""One song on the charts of every region in one window, best rank first, in one row. Parameters: as of ``LEADERS``, and
song_id."""

NUMBER_ONES: Final[dict[Grain, bytes]] = {
    grain: _NUMBER_ONES.format(progress=PROGRESS_OF_GRAIN, songs=songs, counted=_COUNTED).as_bytes()
    for grain, songs in SONGS.items()
}
"""Number ones, newest first. Parameters: grain, region, since and until (may be null), limit."""
