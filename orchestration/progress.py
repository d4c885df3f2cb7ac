"""How far the charts have come: the heartbeat that every reader's freshness rests on.

``complete_through`` is the newest noted time whose Kafka offsets the published charts cover: every
play that ingest acknowledged before it is in the charts.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import Consumer, TopicPartition
from psycopg import Connection
from psycopg.types.json import Jsonb

from orchestration.ledger import Offsets

STAGES = ("kafka", "bronze", "silver", "counts", "charts")
_KAFKA_PATIENCE_SECONDS = 10


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


def beat(connection: Connection[Any], complete_through: datetime | None, covered: Offsets) -> None:
    """Write the heartbeat; ``complete_through`` never moves back."""
    connection.execute(
        """
        update counts.progress
        set heartbeat_at = now(), covered_offsets = %s,
            complete_through = greatest(complete_through, %s)
        """,
        (Jsonb(covered), complete_through),
    )


def announce_charts(connection: Connection[Any]) -> None:
    """Tell everyone who listens on ``charts_updated`` how far the new charts are complete."""
    connection.execute("select pg_notify('charts_updated', to_json(complete_through)#>>'{}') from counts.progress")


def report_stages(connection: Connection[Any], lags: dict[str, int], seconds: float) -> None:
    """Say of each stage how many plays wait for it; one without waiting plays has no lag."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into counts.stages (stage, lag_seconds, lag_plays, last_success)
            values (%(stage)s, %(seconds)s, %(plays)s, now())
            on conflict (stage) do update
            set lag_seconds = excluded.lag_seconds, lag_plays = excluded.lag_plays,
                last_success = case when excluded.lag_plays = 0 then now() else stages.last_success end
            """,
            [{"stage": stage, "plays": lags[stage], "seconds": seconds if lags[stage] else 0.0} for stage in STAGES],
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
