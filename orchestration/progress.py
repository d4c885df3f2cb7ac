"""How far the charts have come: the heartbeat that every reader's freshness rests on.

``complete_through`` is the newest noted time whose Kafka offsets the published charts cover: every
play that ingest acknowledged before it is in the charts.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from confluent_kafka import Consumer, TopicPartition
from psycopg import Connection
from psycopg.types.json import Jsonb

from orchestration.ledger import Offsets

Result = TypeVar("Result")
STAGES = ("kafka", "bronze", "silver", "counts", "charts")
_KAFKA_PATIENCE_SECONDS = 10
_HEARTBEAT_SECONDS = 2
_REPORT_STAGES = """
    with reported as (
        select * from jsonb_to_recordset(%s) as reported (stage text, plays bigint, seconds double precision)
    ), changed as (
        update counts.stages
        set lag_seconds = seconds, lag_plays = plays,
            last_success = case when plays = 0 then now() else last_success end
        from reported
        where stages.stage = reported.stage
            and (
                (lag_plays, lag_seconds) is distinct from (plays, seconds)
                or (plays = 0 and (last_success is null or error_at > last_success))
            )
    )
    insert into counts.stages (stage, lag_seconds, lag_plays, last_success)
    select stage, seconds, plays, case when plays = 0 then now() end from reported
    where stage not in (select stage from counts.stages)
"""


@dataclass(frozen=True)
class Mark:
    """A time, and the end of every partition of the topic at that time."""

    noted_at: datetime
    end_offsets: Offsets


class EndOffsets:
    """Asks Kafka for the end of every partition of one topic."""

    def __init__(self, bootstrap_servers: str, topic: str) -> None:
        self._topic = topic
        self._consumer = Consumer({"bootstrap.servers": bootstrap_servers, "group.id": "top-songs-end-offsets"})

    def note(self) -> Mark:
        """The time first and the offsets after it, so the offsets hold every play before the time."""
        noted_at = datetime.now(UTC)
        metadata = self._consumer.list_topics(self._topic, timeout=_KAFKA_PATIENCE_SECONDS)
        partitions = metadata.topics[self._topic].partitions
        return Mark(noted_at, {str(partition): self._end(partition) for partition in partitions})

    def _end(self, partition: int) -> int:
        asked = TopicPartition(self._topic, partition)
        _, end = self._consumer.get_watermark_offsets(asked, timeout=_KAFKA_PATIENCE_SECONDS)
        return int(end)

    def close(self) -> None:
        """Let go of the broker."""
        self._consumer.close()


def waiting_plays(mark: Mark, covered: Offsets) -> int:
    """How many messages before the mark's offsets are not covered."""
    return sum(max(0, end - covered.get(partition, 0)) for partition, end in mark.end_offsets.items())


class Marks:
    """The marks that the published charts do not cover yet, oldest first."""

    def __init__(self) -> None:
        self._open: deque[Mark] = deque(maxlen=10_000)

    def add(self, mark: Mark) -> None:
        """Remember a mark."""
        self._open.append(mark)

    def settle(self, covered: Offsets) -> datetime | None:
        """Drop every covered mark; the newest one's time, or None when none was covered."""
        newest = None
        while self._open and not waiting_plays(self._open[0], covered):
            newest = self._open.popleft().noted_at
        return newest


class Heartbeat:
    """Writes the heartbeat: at once when more is covered, else every few seconds."""

    def __init__(self) -> None:
        self._covered: Offsets | None = None
        self._complete_through: datetime | None = None
        self._beaten_at = 0.0

    def beat(self, connection: Connection[Any], complete_through: datetime | None, covered: Offsets) -> None:
        """Write how far the charts are complete, if that is due; it never moves back."""
        self._complete_through = complete_through or self._complete_through
        if covered == self._covered and time.monotonic() - self._beaten_at < _HEARTBEAT_SECONDS:
            return
        connection.execute(
            """
            update counts.progress
            set heartbeat_at = now(), covered_offsets = %s,
                complete_through = greatest(complete_through, %s)
            """,
            (Jsonb(covered), self._complete_through),
        )
        self._covered, self._beaten_at = covered, time.monotonic()


def announce_charts(connection: Connection[Any]) -> None:
    """Tell everyone who listens on ``charts_updated`` how far the new charts are complete."""
    connection.execute("select pg_notify('charts_updated', to_json(complete_through)#>>'{}') from counts.progress")


def report_stages(connection: Connection[Any], lags: dict[str, int], seconds: float) -> None:
    """Say of each stage how many plays wait for it; one without waiting plays has no lag.

    A stage of which nothing changed is not written.
    """
    stages = [{"stage": name, "plays": lags[name], "seconds": seconds if lags[name] else 0.0} for name in STAGES]
    connection.execute(_REPORT_STAGES, (Jsonb(stages),))


def report_success(connection: Connection[Any], stage: str) -> None:
    """Note that a stage did its part just now, however much has come in meanwhile."""
    connection.execute(
        """
        insert into counts.stages (stage, last_success) values (%s, now())
        on conflict (stage) do update set last_success = excluded.last_success
        """,
        (stage,),
    )


def report_failure(connection: Connection[Any], stage: str, failure: BaseException) -> None:
    """Keep a stage's failure where /status shows it."""
    connection.execute(
        """
        insert into counts.stages (stage, last_error, error_at) values (%s, %s, now())
        on conflict (stage) do update set last_error = excluded.last_error, error_at = now()
        """,
        (stage, f"{type(failure).__name__}: {failure}"[:2000]),
    )


def report_check(connection: Connection[Any], name: str, holds: bool, detail: str) -> None:
    """Keep a check's outcome where /status shows it."""
    connection.execute(
        """
        insert into counts.checks (name, holds, at, detail) values (%s, %s, now(), %s)
        on conflict (name) do update set holds = excluded.holds, at = now(), detail = excluded.detail
        """,
        (name, holds, detail),
    )


def run_stage(connect: Callable[[], Connection[Any]], stage: str, step: Callable[[], Result]) -> Result:
    """Run a stage's part of a round and say how it went where /status shows it; what ends it is raised on."""
    try:
        result = step()
    except Exception as failure:
        report_failure(connect(), stage, failure)
        raise
    report_success(connect(), stage)
    return result
