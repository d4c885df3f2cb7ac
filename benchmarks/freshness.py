"""How long a play takes from its ``202`` to ``GET /charts/hourly``: twenty plays, one after the other.

The plays are of one song in Antarctica, each by a new listener, so other plays do not hide them.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median
from typing import Any, Final
from uuid import uuid4

import httpx

from benchmarks.settings import Settings

PLAYS: Final = 20
GOAL_SECONDS: Final = 5
"""For the slowest of them."""
PATIENCE_SECONDS: Final = 120
POLL_SECONDS: Final = 0.05
REGION: Final = "AQ"
SONG: Final = {"title": "Freshness", "artist": "The Benchmarks"}


def measure() -> dict[str, Any]:
    """Time every play; the outcome in seconds."""
    settings = Settings()
    with httpx.Client(timeout=30) as client:
        _wait_for_charts(client, settings)
        seconds = [_time_play(client, settings, number) for number in range(1, PLAYS + 1)]
    return {
        "name": "freshness",
        "plays": len(seconds),
        "median_seconds": round(median(seconds), 2),
        "worst_seconds": round(max(seconds), 2),
        "goal": GOAL_SECONDS,
        "holds": max(seconds) <= GOAL_SECONDS,
    }


def _wait_for_charts(client: httpx.Client, settings: Settings) -> None:
    """Right after a start there are no charts yet; what that takes is not measured here."""
    started = time.monotonic()
    while not _are_there_charts(client, settings):
        if time.monotonic() - started > PATIENCE_SECONDS:
            raise TimeoutError(f"there were no charts after {PATIENCE_SECONDS} s; `make status` tells why")
        time.sleep(POLL_SECONDS)


def _are_there_charts(client: httpx.Client, settings: Settings) -> bool:
    answer = client.get(f"{settings.api_url}/status")
    return answer.is_success and answer.json()["complete_through"] is not None


def _time_play(client: httpx.Client, settings: Settings, number: int) -> float:
    played_at = datetime.now(UTC)
    before = _count_plays(client, settings, played_at)
    _post(client, settings, played_at)
    accepted = time.monotonic()
    while _count_plays(client, settings, played_at) == before:
        if time.monotonic() - accepted > PATIENCE_SECONDS:
            raise TimeoutError(f"play {number} was not in its chart after {PATIENCE_SECONDS} s")
        time.sleep(POLL_SECONDS)
    seconds = time.monotonic() - accepted
    print(f"play {number:>2}: {seconds:5.2f} s", flush=True)
    return seconds


def _post(client: httpx.Client, settings: Settings, played_at: datetime) -> None:
    play = {**SONG, "user_id": uuid4().hex, "region": REGION, "played_at": played_at.isoformat()}
    headers = {"Authorization": f"Token {settings.ingest_key.get_secret_value()}"}
    client.post(f"{settings.ingest_url}/play", json=play, headers=headers).raise_for_status()


def _count_plays(client: httpx.Client, settings: Settings, played_at: datetime) -> int:
    """The song's plays in the hour's chart; none while the hour has no chart."""
    hour = played_at.replace(minute=0, second=0, microsecond=0)
    asked = {"region": REGION, "hour": hour.isoformat()}
    answer = client.get(f"{settings.api_url}/charts/hourly", params=asked)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return 0
    entries = answer.raise_for_status().json()["entries"]
    return sum(entry["plays"] for entry in entries if entry["title"] == SONG["title"])
