"""Entries of every region's chart in one window."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from api.charts.grains import LENGTHS, Grain
from api.charts.regions import GLOBAL
from api.charts.window_starts import not_computed, require_start
from api.storage.database import Database


class RegionEntries(NamedTuple):
    """A window, by the names of its fields in responses, and the entries of all regions in it."""

    window: dict[str, Any]
    entries: list[dict[str, Any]]


async def find_in_every_region(
    database: Database, statements: dict[Grain, bytes], grain: Grain, window_start: datetime | None, **parameters: str
) -> RegionEntries:
    """Run one of the statements of ``api.archive.queries``; without ``window_start``, for the newest window.

    Raises ``invalid_parameter`` when no window of this grain starts then, and ``not_computed``.
    """
    require_start(grain, window_start)
    key = {"grain": grain, "region": GLOBAL, "window_start": window_start, **parameters}
    row = await database.fetch_one(statements[grain], key)
    if row is None or not row["is_computed"]:
        raise not_computed()
    start = row["window_start"]
    window = {"grain": grain, "window_start": start, "window_end": start + LENGTHS[grain]}
    return RegionEntries(window, row["entries"] or [])
