"""What a bronze batch costs in a lake of many commits, by what it costs in one of a hundred: seconds, and S3 requests.

``COMMITS`` says how many; maintenance runs in between, as the stack runs it. Both lakes are of one driver and take
turns, so that neither the machine's speed nor how much of itself the driver has compiled makes a difference between
them. The ratio of a pair is the worse of the two.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean, median
from typing import Any, Final

from pyspark.sql.streaming.query import StreamingQuery

from benchmarks.lake_load.outcomes import conclude_at_most
from benchmarks.lake_load.servers import LakeServers, lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze, stream_settings
from benchmarks.lake_load.values import NEWEST_HOUR, Mix, fill_topic
from streaming.driver import start_bronze
from streaming.lake import COMMITS_PER_CHECKPOINT, LakeTable
from streaming.maintenance import compact_hours, remove_replaced_files
from tests.store_requests import read_requests

GOAL: Final = 1.15
BATCH_ROWS: Final = 40
FIRST_COMMIT: Final = 100
SETTLING: Final = 10
"""Batches of a query that was just started, which are not timed."""
WINDOW: Final = COMMITS_PER_CHECKPOINT
"""Batches in a row that are timed: one of them writes the table's checkpoint too."""
WARM_UP: Final = 200
COMMITS_BETWEEN_MAINTENANCE: Final = 100
POLL_SECONDS: Final = 0.5
"""Each look makes the driver tell of a hundred batches: twenty looks a second took a tenth of it."""


@dataclass(frozen=True)
class Window:
    """What one of some batches in a row takes on average."""

    seconds: float
    requests: float


def measure() -> dict[str, Any]:
    """The ratio of each pair of windows, old lake by young one; beside it the medians of the young and of the old."""
    settings = LakeLoadSettings()
    with lake_servers() as servers:
        rows = WARM_UP * BATCH_ROWS
        run_bronze(servers, fill_topic(servers.kafka, rows, Mix(hours=1)), rows, BATCH_ROWS)
        young, old = (_grow_lake(servers, commits, settings) for commits in (FIRST_COMMIT, settings.commits))
        pairs = [(young.time_window(), old.time_window()) for _ in range(settings.bench_pairs)]
    seconds = [late.seconds / early.seconds for early, late in pairs]
    requests = [late.requests / early.requests for early, late in pairs]
    return {
        **conclude_at_most("batch_flatness", GOAL, list(map(max, seconds, requests))),
        "commits": settings.commits,
        "seconds": [round(median(window.seconds for window in lake), 3) for lake in zip(*pairs, strict=True)],
        "requests": [round(median(window.requests for window in lake), 1) for lake in zip(*pairs, strict=True)],
    }


def _grow_lake(servers: LakeServers, commits: int, settings: LakeLoadSettings) -> GrowingLake:
    """A new lake of so many commits, with plays enough for the windows that are to be timed."""
    # The query goes on while maintenance runs.
    batches = commits + COMMITS_BETWEEN_MAINTENANCE + settings.bench_pairs * (SETTLING + WINDOW + 5)
    topic = fill_topic(servers.kafka, batches * BATCH_ROWS, Mix(hours=1))
    lake = GrowingLake(servers, topic, servers.new_lake())
    lake.grow(commits)
    return lake


@dataclass(frozen=True)
class GrowingLake:
    """A lake whose bronze takes a few plays a batch, while a query is run."""

    servers: LakeServers
    topic: str
    root: str

    def grow(self, until: int) -> None:
        """Take batches up to one, with maintenance after every so many commits."""
        with self._query() as query:
            while (reached := _newest_batch(query)) < until:
                _wait_for(query, min(until, reached + COMMITS_BETWEEN_MAINTENANCE))
                self._maintain()
                print(f"batch {_newest_batch(query)} of {until}", flush=True)

    def time_window(self) -> Window:
        """Time the next batches."""
        self._maintain()
        with self._query() as query:
            _wait_for(query, 0)
            _wait_for(query, _newest_batch(query) + SETTLING)
            begun, before = _newest_batch(query), read_requests(self.servers.minio)
            _wait_for(query, begun + WINDOW)
            asked, ended = read_requests(self.servers.minio).since(before), _newest_batch(query)
            took = {one["batchId"]: one["durationMs"]["triggerExecution"] / 1000 for one in query.recentProgress}
        seconds = mean(took[batch] for batch in range(begun + 1, ended + 1))
        window = Window(seconds, asked.total / (ended - begun))
        print(f"batch {begun}: {window.seconds:.3f} s, {window.requests:.1f} requests", flush=True)
        return window

    @contextmanager
    def _query(self) -> Iterator[StreamingQuery]:
        settings = stream_settings(self.servers, self.topic, self.root, BATCH_ROWS)
        query = start_bronze(self.servers.spark, settings)
        try:
            yield query
        finally:
            query.stop()

    def _maintain(self) -> None:
        compact_hours(self.servers.spark, self.root, [(NEWEST_HOUR.date(), NEWEST_HOUR.hour)])
        for table in LakeTable:
            remove_replaced_files(self.servers.spark, table, self.root)


def _wait_for(query: StreamingQuery, batch: int) -> None:
    while _newest_batch(query) < batch:
        time.sleep(POLL_SECONDS)


def _newest_batch(query: StreamingQuery) -> int:
    """The number of the newest batch, -1 before the first; raises what ended the query if it failed."""
    if failure := query.exception():
        raise failure
    progress = query.lastProgress
    return -1 if progress is None else int(progress["batchId"])
