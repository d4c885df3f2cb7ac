"""The first songs of one chart, for pages that show only them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from api.charts.grains import LENGTHS, Grain
from api.charts.models import WindowStatus
from api.charts.queries import CHART
from api.charts.regions import place_of
from api.storage.database import Database


class ChartFacts(NamedTuple):
    """One chart as far as its first songs tell it."""

    grain: Grain
    region: str
    window_start: datetime
    window_end: datetime
    is_final: bool
    complete_through: datetime | None
    withheld: bool
    entries: list[dict[str, Any]]

    @property
    def nothing(self) -> str:
        """What stands in the place of entries where there are none."""
        return "Too few listeners to show a song" if self.withheld else "No plays"

    @property
    def place(self) -> str:
        """``worldwide`` or ``in Germany``."""
        return place_of(self.region)

    @property
    def window(self) -> str:
        """The window in words: ``22 Nov 2026, 14:00–15:00 UTC``."""
        day = f"{self.window_start.day} {self.window_start:%b %Y}"
        return day if self.grain is Grain.DAY else f"{day}, {self.window_start:%H:%M}–{self.window_end:%H:%M} UTC"


async def find_facts(
    database: Database, grain: Grain, region: str, window_start: datetime | None, songs: int
) -> ChartFacts | None:
    """The first songs of a chart, the newest without a window; None when it is not computed."""
    key = {"grain": grain, "region": region, "window_start": window_start}
    row = await database.fetch_one(CHART[grain], {**key, "length": LENGTHS[grain], "limit": songs})
    if row is None:
        return None
    return ChartFacts(
        grain=grain,
        region=region,
        window_start=row["window_start"].astimezone(UTC),
        window_end=row["window_end"].astimezone(UTC),
        is_final=row["status"] == WindowStatus.FINAL,
        complete_through=row["complete_through"],
        withheld=row["withheld"],
        entries=json.loads(row["entries"]),
    )
