"""The example of an explained number that the OpenAPI document shows."""

from __future__ import annotations

from typing import Final

from pydantic.config import JsonDict

_COUNTS: Final[JsonDict] = {
    "raw_plays": 429,
    "too_short": 14,
    "over_cap": 3,
    "plays": 412,
    "duplicates": 2,
    "late": 1,
    "listeners": 398,
}

EXPLANATION_EXAMPLE: Final[JsonDict] = {
    "grain": "hour",
    "region": "GB",
    "window_start": "2026-11-22T14:00:00Z",
    "window_end": "2026-11-22T15:00:00Z",
    "revision": 1,
    "song_id": "s2_0123456789abcdef",
    "title": "Morning Ferry",
    "artist": "The Example Band",
    "rank": 1,
    "is_charted": True,
    "rules": {
        "minimum_ms_played": 30000,
        "plays_per_listener_song_hour": 10,
        "chart_size": 100,
        "minimum_listeners": 5,
    },
    "counts": _COUNTS,
    "hours": [{**_COUNTS, "window_start": "2026-11-22T14:00:00Z"}],
    "regions": [],
}
