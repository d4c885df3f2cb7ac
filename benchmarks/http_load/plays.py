"""The plays that benchmarks post: of many listeners and songs, so that no one can be known by heart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

PLAYED_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
LISTENERS: Final = 5_000
SONGS: Final = 2_000
BODIES: Final = 200
"""How many different bodies are posted in turn."""


def make_play(number: int = 0) -> dict[str, Any]:
    """A play of the usual size; different numbers are different plays, and every number is always the same."""
    chance = Random(number)
    song = chance.randrange(SONGS)
    return {
        "play_id": f"bench-{number}",
        "user_id": f"listener-{chance.randrange(LISTENERS)}",
        "title": f"Blue Train No. {song}",
        "artist": f"John Coltrane {song % 300}",
        "release": "Blue Train",
        "region": chance.choice(("GB", "DE", "FI", "US", "JP")),
        "played_at": (PLAYED_AT + timedelta(seconds=number)).isoformat(),
        "ms_played": chance.randrange(30_000, 700_000),
    }


def single_bodies() -> list[bytes]:
    """Bodies of ``POST /play``."""
    return [json.dumps(make_play(number)).encode() for number in range(BODIES)]


def batch_bodies(size: int) -> list[bytes]:
    """Bodies of ``POST /plays``."""
    plays = [make_play(number) for number in range(BODIES * size)]
    batches = (plays[start : start + size] for start in range(0, len(plays), size))
    return [json.dumps({"plays": batch}).encode() for batch in batches]
