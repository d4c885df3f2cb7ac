"""``Link`` headers (RFC 8288) to the windows before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request

from api.charts.grains import LENGTHS, Grain

WINDOW_PARAMETERS: Final = {Grain.HOUR: "hour", Grain.DAY: "date"}


def write_instant(instant: datetime) -> str:
    """RFC 3339 with ``Z``; ``instant`` is in UTC."""
    return instant.isoformat().replace("+00:00", "Z")


def make_link(request: Request, relation: str, **changes: object) -> str:
    """A link to this address with some parameters changed; without a host, for any proxy."""
    kept = {name: value for name, value in request.query_params.items() if name != "revision"}
    return f'<{request.url.path}?{urlencode({**kept, **changes})}>; rel="{relation}"'


def write_window(grain: Grain, window_start: datetime) -> str:
    """A window as addresses name it: ``2026-11-22T14:00:00Z`` for an hour, ``2026-11-22`` for a day."""
    return window_start.date().isoformat() if grain is Grain.DAY else write_instant(window_start)


def _name_window(grain: Grain, window_start: datetime) -> dict[str, str]:
    return {WINDOW_PARAMETERS[grain]: write_window(grain, window_start)}


def link_neighbours(request: Request, grain: Grain, window_start: datetime, next_is_computed: bool) -> str:
    """Links to the window before and, once it is computed, the one after."""
    links = []
    if window_start.replace(tzinfo=None) - datetime.min >= LENGTHS[grain]:
        links.append(make_link(request, "prev", **_name_window(grain, window_start - LENGTHS[grain])))
    if next_is_computed:
        links.append(make_link(request, "next", **_name_window(grain, window_start + LENGTHS[grain])))
    return ", ".join(links)
