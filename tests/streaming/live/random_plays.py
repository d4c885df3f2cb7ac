"""Random histories of plays for live counts."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.play import Play
from tests.ingest.builders import recorded_play

DAY = datetime(2026, 11, 1, tzinfo=UTC)
"""The first open day of a history."""


def random_plays(chance: random.Random, count: int) -> list[Play]:
    """A history in which few listeners, songs and hours meet often: caps, duplicates, late and short plays."""
    plays = []
    for _ in range(count):
        hour = chance.choice([-30, -1, 0, 0, 1, 5, 5, 23, 24])
        played_at = DAY + timedelta(hours=hour, minutes=chance.randint(0, 59))
        changes: dict[str, Any] = {
            "user_id": f"listener-{chance.randint(1, 4)}",
            "title": f"Song {chance.randint(1, 3)}",
            "region": chance.choice(["GB", "GB", "FR", "JP"]),
            "played_at": played_at.isoformat(),
            "ms_played": chance.choice([..., 200_000, 29_999, 30_000]),
            "play_id": chance.choice([..., f"play-{chance.randint(1, 40)}"]),
        }
        received_at = played_at + timedelta(minutes=chance.choice([1, 69, 70, 71, 600]))
        plays.append(recorded_play(**changes).model_copy(update={"received_at": received_at}))
    return plays + chance.sample(plays, k=count // 10)
