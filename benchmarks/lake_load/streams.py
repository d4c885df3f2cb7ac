"""Streaming queries over a topic, timed batch by batch."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from pyspark.sql.streaming.query import StreamingQuery

from benchmarks.lake_load.servers import LakeServers
from streaming.bronze import parse_plays
from streaming.driver import read_messages, start_bronze
from streaming.settings import StreamingSettings

BATCH_ROWS: Final = 100_000
"""As many rows as a batch takes where a benchmark does not ask for small ones."""
POLL_SECONDS: Final = 0.2
PATIENCE_SECONDS: Final = 900


@dataclass(frozen=True)
class Batch:
    """One batch of a query: its rows, and the seconds from its start to its commit."""

    number: int
    rows: int
    seconds: float


@dataclass(frozen=True)
class Streamed:
    """What a query did with the rows of a topic."""

    batches: list[Batch]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(batch.rows for batch in self.batches)

    @property
    def seconds(self) -> float:
        """The time that batches took; nothing is said of the time between them."""
        return sum(batch.seconds for batch in self.batches)

    @property
    def rows_per_second(self) -> float:
        """Rows by the time that batches took."""
        return self.rows / self.seconds


def stream_settings(servers: LakeServers, topic: str, lake_root: str, largest_batch: int) -> StreamingSettings:
    """The lake driver's settings for another topic and lake, its batches one after the other."""
    return servers.settings(
        kafka_topic=topic,
        lake_bucket=lake_root.removeprefix("s3a://"),
        bronze_trigger_seconds=0,
        bronze_largest_batch=largest_batch,
    )


def run_bronze(
    servers: LakeServers, topic: str, rows: int, largest_batch: int = BATCH_ROWS, lake_root: str | None = None
) -> Streamed:
    """Bring a topic into the bronze of a lake, by the driver's own query; without an address it has one of its own."""
    settings = stream_settings(servers, topic, lake_root or servers.new_lake(), largest_batch)
    return follow(start_bronze(servers.spark, settings), rows)


def run_noop(servers: LakeServers, topic: str, rows: int) -> Streamed:
    """Read and parse a topic as the driver's query does, and write nothing."""
    scratch = f"s3a://{servers.minio.bucket}/benchmarks/{uuid4().hex}"
    settings = stream_settings(servers, topic, scratch, BATCH_ROWS)
    query = (
        parse_plays(read_messages(servers.spark, settings))
        .writeStream.format("noop")
        .option("checkpointLocation", f"{scratch}/checkpoint")
        .trigger(processingTime="0 seconds")
        .start()
    )
    return follow(query, rows)


def follow(query: StreamingQuery, rows: int) -> Streamed:
    """Wait until a query has taken so many rows, stop it, and tell of its batches.

    Raises TimeoutError when it has not within a quarter of an hour, and what ended it when it failed.
    """
    seen: dict[int, Batch] = {}
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        while sum(batch.rows for batch in seen.values()) < rows:
            seen |= {batch.number: batch for batch in map(_read, query.recentProgress) if batch.rows}
            if failure := query.exception():
                raise failure
            if time.monotonic() > deadline:
                raise TimeoutError(f"{sum(batch.rows for batch in seen.values())} of {rows} rows were taken")
            time.sleep(POLL_SECONDS)
    finally:
        query.stop()
    return Streamed([seen[number] for number in sorted(seen)])


def _read(progress: Any) -> Batch:
    rows = sum(source["numInputRows"] for source in progress["sources"])
    return Batch(progress["batchId"], rows, progress["durationMs"]["triggerExecution"] / 1000)
