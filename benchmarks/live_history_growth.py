"""What a live play costs with a large day behind it, by the same with a small one: batches of ordinary traffic.

A batch is what comes in a second at 1,000 plays/s. Seconds are of processor, the counter's and its Postgres backend's.
`LIVE_SMALL` and `LIVE_LARGE` are the plays of the day before; 50 million need 15 GB of disk and a quarter of an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any, Final

import psutil
from psycopg import Connection
from pydantic_settings import BaseSettings

from benchmarks.live_load.database import postgres
from benchmarks.live_load.live_day import fill_live_day
from benchmarks.live_load.traffic import HonestPlays
from ingest.play import Play, SubmittedPlay, record_play
from streaming.live.counter import LiveCounter
from streaming.live.offsets import next_offsets, read_offsets
from tests.streaming.live.live_store import Topic

GOAL: Final = 1.2
BATCH: Final = 1_000
BATCHES: Final = 60
PAIRS: Final = 3
SECRET: Final = b"benchmarks"


class GrowthSettings(BaseSettings):
    """How many plays the day has before, in the small and in the large database."""

    live_small: int = 1_000_000
    live_large: int = 5_000_000


@dataclass
class CountedDay:
    """A counter with a day of plays behind it, and what its batches took."""

    plays: int
    connection: Connection[Any]
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._topic, self._honest = Topic(), HonestPlays(seed=self.plays)
        fill_live_day(self.connection, datetime.now(UTC).date(), self.plays)
        self._counter = LiveCounter(self.connection)
        self._backend = psutil.Process(self.connection.info.backend_pid)

    def count(self, batches: int, *, is_own: bool = False) -> None:
        """Count so many batches of plays of now, perhaps of keys with a listener."""
        for _ in range(batches):
            messages = self._topic.append(self._make_plays(), is_own)
            before = read_offsets(self.connection, self._topic.ends)
            begun, used = time.perf_counter(), self._used()
            self._counter.count(messages, before, next_offsets(before, messages), {})
            self.seconds.append(time.perf_counter() - begun)
            self.processor.append((self._used() - used) / len(messages))

    def _make_plays(self) -> list[Play]:
        now = datetime.now(UTC)
        fields = set(SubmittedPlay.model_fields)
        bodies = [body for body in self._honest.make(BATCH) if set(body) <= fields]
        plays = []
        for body in bodies:
            try:
                plays.append(record_play(SubmittedPlay.model_validate(body), SECRET, "local", now))
            except ValueError:
                continue
        return plays

    def _used(self) -> float:
        backend = self._backend.cpu_times()
        return time.process_time() + backend.user + backend.system


def measure() -> dict[str, Any]:
    """The median ratio of processor seconds a play, batches of both databases taking turns."""
    settings = GrowthSettings()
    with _day(settings.live_small) as small, _day(settings.live_large) as large:
        ratios = []
        for pair in range(1, PAIRS + 1):
            for day in (small, large):
                day.seconds.clear()
                day.processor.clear()
                day.count(BATCHES)
            ratios.append(median(large.processor) / median(small.processor))
            print(f"pair {pair}: {_describe(small)}; {_describe(large)} = {ratios[-1]:.2f}", flush=True)
    ratio = round(median(ratios), 2)
    return {
        "name": "live_history_growth", "ratio": ratio, "range": [round(min(ratios), 2), round(max(ratios), 2)],
        "pairs": PAIRS, "plays": [settings.live_small, settings.live_large],
        "microseconds_a_play": round(median(large.processor) * 1e6, 1), "goal": GOAL, "holds": ratio <= GOAL,
    }  # fmt: skip


@contextmanager
def _day(plays: int) -> Iterator[CountedDay]:
    with postgres() as (server, _), server.connect("live") as connection:
        yield CountedDay(plays, connection)


def _describe(day: CountedDay) -> str:
    slowest = quantiles(day.seconds, n=100, method="inclusive")[98]
    return (
        f"{day.plays:,} plays behind: {median(day.processor) * 1e6:.0f} µs a play, batches "
        f"{median(day.seconds) * 1e3:.0f} ms, p99 {slowest * 1e3:.0f}"
    )
