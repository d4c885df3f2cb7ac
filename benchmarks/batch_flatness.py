"""What a bronze batch costs after many commits, by what it cost after a hundred: seconds, and S3 requests.

``COMMITS`` says how many; maintenance runs in between, as the stack runs it. The ratio is the worse of the two.
Another lake comes first: a driver that is still compiling itself would make the early batches look dear. And another
comes last: what a batch costs early is asked on either side of the late ones, for the machine's speed may have changed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import mean
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
WINDOW: Final = 2 * COMMITS_PER_CHECKPOINT
WARM_UP: Final = 200
COMMITS_BETWEEN_UPKEEP: Final = 100
POLL_SECONDS: Final = 0.5
"""Each look makes the driver tell of a hundred batches: twenty looks a second took a tenth of it."""


@dataclass(frozen=True)
class Window:
    """Batches in a row, and what one takes on average: two of them also write the table's checkpoint."""

    first: int
    seconds: float
    requests: float
    kinds: dict[str, float]


def measure() -> dict[str, Any]:
    """The ratios of one run; its range is that of the two."""
    commits = LakeLoadSettings().commits
    with lake_servers() as servers:
        _warm_up(servers)
        before, late = _measure_lake(servers, FIRST_COMMIT, commits)
        (after,) = _measure_lake(servers, FIRST_COMMIT)
    seconds = late.seconds / mean((before.seconds, after.seconds))
    requests = late.requests / mean((before.requests, after.requests))
    windows = (before, late, after)
    return {
        **conclude_at_most("batch_flatness", GOAL, [max(seconds, requests)]),
        "range": [round(min(seconds, requests), 2), round(max(seconds, requests), 2)],
        "commits": commits,
        "seconds": [round(window.seconds, 3) for window in windows],
        "requests": [round(window.requests, 1) for window in windows],
    }


def _measure_lake(servers: LakeServers, *commits: int) -> list[Window]:
    """What batches cost around each of these commits of a new lake."""
    topic = fill_topic(servers.kafka, (max(commits) + WINDOW) * BATCH_ROWS, Mix(hours=1))
    root = servers.new_lake()
    query = start_bronze(servers.spark, stream_settings(servers, topic, root, BATCH_ROWS))
    windows = []
    try:
        for commit in commits:
            _run_on(servers, query, root, commit - WINDOW // 2)
            windows.append(_measure_window(servers, query))
    finally:
        query.stop()
    return windows


def _warm_up(servers: LakeServers) -> None:
    rows = WARM_UP * BATCH_ROWS
    run_bronze(servers, fill_topic(servers.kafka, rows, Mix(hours=1)), rows, BATCH_ROWS)


def _run_on(servers: LakeServers, query: StreamingQuery, root: str, until: int) -> None:
    """Let the query run on, with upkeep after every so many commits."""
    while (reached := _newest_batch(query)) < until:
        _wait_for(query, min(until, reached + COMMITS_BETWEEN_UPKEEP))
        compact_hours(servers.spark, root, [(NEWEST_HOUR.date(), NEWEST_HOUR.hour)])
        for table in LakeTable:
            remove_replaced_files(servers.spark, table, root)
        print(f"batch {_newest_batch(query)} of {until}", flush=True)


def _measure_window(servers: LakeServers, query: StreamingQuery) -> Window:
    begun, before = _newest_batch(query), read_requests(servers.minio)
    seconds: dict[int, float] = {}
    while _newest_batch(query) < begun + WINDOW:
        for progress in query.recentProgress:
            seconds[progress["batchId"]] = progress["durationMs"]["triggerExecution"] / 1000
        time.sleep(POLL_SECONDS)
    asked, batches = read_requests(servers.minio).since(before), _newest_batch(query) - begun
    kinds = {kind: round(count / batches, 1) for kind, count in asked.by_kind.items()}
    average = mean(value for batch, value in seconds.items() if batch > begun)
    window = Window(begun, average, asked.total / batches, kinds)
    print(f"batch {begun}: {average:.3f} s, {window.requests:.1f} requests: {kinds}", flush=True)
    return window


def _wait_for(query: StreamingQuery, batch: int) -> None:
    while _newest_batch(query) < batch:
        time.sleep(POLL_SECONDS)


def _newest_batch(query: StreamingQuery) -> int:
    """The number of the newest batch, -1 before the first; raises what ended the query if it failed."""
    if failure := query.exception():
        raise failure
    progress = query.lastProgress
    return -1 if progress is None else int(progress["batchId"])
