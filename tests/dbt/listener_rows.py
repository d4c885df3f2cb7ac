"""Builds what a batch brought: rows of ``count_by_listener``."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pyarrow as pa

from tests.dbt.counted_hours import artist_of, title_of

Plays = Mapping[tuple[str, datetime, str, str], int]
"""How many plays of a region, hour, song and listener."""


def listener_rows(plays: Plays, minute: int = 0) -> pa.Table:
    """Returns a row for each, all eligible and last heard in this minute of their hour."""
    rows = [
        {
            "region": region, "window_start": hour, "date": hour.date(), "hour": hour.hour, "song_id": song,
            "user_id": listener, "received": often, "eligible": often, "late": 0,
            "last_played_at": hour + timedelta(minutes=minute), "title": title_of(song), "artist": artist_of(song),
            "named_at": hour, "named_by": "0p",
        }
        for (region, hour, song, listener), often in plays.items()
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)
