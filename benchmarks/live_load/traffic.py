"""Ordinary traffic at a steady rate, and among it the plays whose way is timed.

Its shares are the simulator's own: duplicates, late, short and malformed plays, 42 regions by Zipf.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

from clients.simulator.plays import DuePlay, write_time
from clients.simulator.trouble import HONEST, Mixer
from clients.simulator.world import REGION_CODES, WORLD
from local.demo import simulator_command
from local.environment import ROOT
from tests.e2e.line import Line

LISTENERS: Final = 100_000
SONGS: Final = 20_000
BATCHES_A_SECOND: Final = 5
PROBE_REGION: Final = "AQ"
PROBE: Final = {"title": "Freshness", "artist": "The Benchmarks", "region": PROBE_REGION}
POLL_SECONDS: Final = 0.1


class HonestPlays:
    """Makes plays of now, distributed as the history is, with trouble in the shares of ordinary traffic."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._mixer = Mixer(HONEST, seed)
        self._weights = list(accumulate(region.share for region in WORLD))

    def make(self, count: int) -> list[dict[str, Any]]:
        """So many bodies to post; malformed ones among them are such that a batch can hold them."""
        now = time.time()
        honest = (DuePlay(now, self._make_play(now)) for _ in range(count))
        return [posting.body for posting in self._mixer.mix(honest) if isinstance(posting.body, dict)]

    def _make_play(self, now: float) -> dict[str, Any]:
        song = int(SONGS * self._random.random() ** 3)
        return {
            "user_id": f"listener {self._random.randrange(LISTENERS)}",
            "title": f"Song {song}",
            "artist": f"Artist {song % 3000}",
            "region": self._random.choices(REGION_CODES, cum_weights=self._weights)[0],
            "played_at": write_time(now),
            "ms_played": 200_000,
        }


@contextmanager
def simulated(line: Line) -> Iterator[None]:
    """Run the demo's simulator until the context ends."""
    environment = {**os.environ, **line.environment}
    command = simulator_command(line.settings)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as simulator:
        try:
            yield
        finally:
            simulator.terminate()


class Traffic:
    """Posts plays in a thread, so many a second, while the context lasts."""

    def __init__(self, line: Line, rate: int) -> None:
        self.accepted = 0
        self._rate = rate
        self._plays = HonestPlays(seed=rate)
        self._poster = line.poster()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._post, name="traffic", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._poster.close()

    def _post(self) -> None:
        due = time.monotonic()
        while not self._ended.is_set():
            plays = self._plays.make(self._rate // BATCHES_A_SECOND)
            self.accepted += sum(verdict.status == "accepted" for verdict in self._poster.submit_all(plays))
            due += 1 / BATCHES_A_SECOND
            self._ended.wait(max(0.0, due - time.monotonic()))


class Probes:
    """Plays of one song by ever new listeners: as many as its charts count have arrived."""

    def __init__(self, line: Line) -> None:
        self.seconds: list[float] = []
        """Of every probe that was seen, from its 202 to the chart that showed it."""
        self._line = line
        self._poster = line.poster()
        self._accepted: list[float] = []
        self._since = datetime.now(UTC)

    def send(self) -> None:
        """Post one; it counts from the moment it was acknowledged."""
        played_at = datetime.now(UTC).isoformat()
        self._poster.submit_all([{**PROBE, "user_id": uuid4().hex, "played_at": played_at}])
        self._accepted.append(time.monotonic())

    def look(self) -> None:
        """Ask the charts, and note the time of those that were not seen before."""
        seen = sum(self._count(hours) for hours in range(2))
        now = time.monotonic()
        self.seconds += [now - accepted for accepted in self._accepted[len(self.seconds) : seen]]

    @property
    def waiting(self) -> int:
        """How many are still on their way."""
        return len(self._accepted) - len(self.seconds)

    def _count(self, hours_ago: int) -> int:
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours_ago)
        if hour + timedelta(hours=1) <= self._since:
            return 0
        chart = self._line.get("/charts/hourly", region=PROBE_REGION, hour=hour.isoformat())
        entries = chart.json()["entries"] if chart.is_success else []
        return sum(entry["plays"] for entry in entries if entry["title"] == PROBE["title"])
