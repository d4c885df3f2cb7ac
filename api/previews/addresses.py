"""Absolute addresses of the dashboard's pages, for readers outside it: feeds, link previews, embeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from api.charts.grains import Grain
from api.charts.links import write_window


def chart_address(public_url: str, grain: Grain, region: str, window_start: datetime | None = None) -> str:
    """The page of a chart; without a window it shows the newest."""
    search = {"region": region}
    if grain is Grain.DAY:
        search["grain"] = "day"
    if window_start is not None:
        search["window"] = write_window(grain, window_start)
    return f"{public_url}/?{urlencode(search, safe=':')}"


def read_grain(search: Mapping[str, str]) -> Grain:
    """Return the grain that the query of a page's address names: hours unless it says days."""
    return Grain.DAY if search.get("grain") == Grain.DAY else Grain.HOUR
