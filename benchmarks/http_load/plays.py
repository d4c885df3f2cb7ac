"""The plays that benchmarks post."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

PLAYED_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
LISTENERS: Final = 100


def make_play(number: int = 0) -> dict[str, Any]:
    """A play of the usual size; different numbers are different plays."""
    return {
        "play_id": f"bench-{number}",
        "user_id": f"listener-{number % LISTENERS}",
        "title": "Blue Train",
        "artist": "John Coltrane",
        "release": "Blue Train",
        "region": "GB",
        "played_at": (PLAYED_AT + timedelta(seconds=number)).isoformat(),
        "ms_played": 641_000,
    }


def one_body() -> bytes:
    """The body of ``POST /play``."""
    return json.dumps(make_play()).encode()


def batch_body(size: int) -> bytes:
    """The body of ``POST /plays``."""
    return json.dumps({"plays": [make_play(number) for number in range(size)]}).encode()
