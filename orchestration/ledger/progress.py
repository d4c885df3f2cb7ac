"""Progress of the settled charts: heartbeat, `complete_through`, stages and checks.

`complete_through` is the newest noted time whose Kafka offsets silver and the settled charts cover: they hold every
play that ingest acknowledged before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.types.json import Jsonb

from ingest.kafka.connection import KafkaConnection
from ingest.kafka.topic_offsets import open_consumer, read_offsets
from orchestration.ledger.enrichments import Offsets
from streaming.stored_source import OffsetBase

Result = TypeVar("Result")
STAGES = ("kafka", "bronze", "silver", "counts", "charts")
_KAFKA_PATIENCE_SECONDS = 10
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
# Settled charts changed; open ones are complete as far as the counter is.
_ANNOUNCE = """
    with live as (
        select case when bool_and(complete_through is not null) then min(complete_through) end as complete_through
        from live.offsets
        where exists (select from live.open_windows where open_from < 'infinity')
    )

    select pg_notify('charts_updated', to_json(coalesce(live.complete_through, progress.complete_through))#>>'{}')
    from counts.progress
    cross join live
"""
_COMPLETE_MARKS = """
    with newest as (
        select max(noted_at) as noted_at from counts.offset_marks
        where not exists (
            select from jsonb_each_text(end_offsets) as ends
            where ends.value::bigint > coalesce((%(covered)s::jsonb ->> ends.key)::bigint, 0)
        )
    ),

    removed as (
        delete from counts.offset_marks using newest where offset_marks.noted_at <= newest.noted_at
    )

    update counts.progress
    set
        heartbeat_at = now(),
        covered_offsets = %(covered)s,
        complete_through = greatest(complete_through, newest.noted_at)
    from newest
"""


@dataclass(frozen=True)
class Mark:
    """A time, and the end of every partition of the topic at that time."""

    noted_at: datetime
    end_offsets: Offsets


class EndOffsets:
    """Asks Kafka for the end of every partition of one topic; `base` is what the lake raises its offsets by."""

    def __init__(self, connection: KafkaConnection, topic: str, base: OffsetBase | None = None) -> None:
        self._topic = topic
        self._base = base or {}
        self._consumer = open_consumer(connection)

    def note(self) -> Mark:
        """The time first and the offsets after it, so the offsets hold every play before the time."""
        noted_at = datetime.now(UTC)
        offsets = read_offsets(self._consumer, self._topic, _KAFKA_PATIENCE_SECONDS)
        ends = {str(partition): end + self._base.get(partition, 0) for partition, (_, end) in offsets.items()}
        return Mark(noted_at, ends)

    def close(self) -> None:
        """Let go of the broker."""
        self._consumer.close()


def waiting_plays(mark: Mark, covered: Offsets) -> int:
    """How many messages before the mark's offsets are not covered."""
    return sum(max(0, end - covered.get(partition, 0)) for partition, end in mark.end_offsets.items())


def beat(connection: Connection[Any]) -> None:
    """Write the heartbeat of settle_charts."""
    connection.execute("update counts.progress set heartbeat_at = now()")


def add_mark(connection: Connection[Any], mark: Mark) -> None:
    """Store an offset watermark until settled charts cover it."""
    connection.execute(
        "insert into counts.offset_marks values (%s, %s) on conflict do nothing",
        (mark.noted_at, Jsonb(mark.end_offsets)),
    )


def complete_marks(connection: Connection[Any], covered: Offsets) -> None:
    """Advance `complete_through` to the newest watermark that silver covers; it never moves back.

    Call it when everything that silver holds of settled windows is published.
    """
    connection.execute(_COMPLETE_MARKS, {"covered": Jsonb(covered)})


def announce_charts(connection: Connection[Any]) -> None:
    """Notify the subscribers of `charts_updated`; they look at the progress, so that it must differ from before."""
    beat(connection)
    connection.execute(_ANNOUNCE)


def report_stages(connection: Connection[Any], lags: dict[str, int], seconds: float) -> None:
    """Say of each stage how many plays wait for it; one without waiting plays has no lag.

    A stage of which nothing changed is not written.
    """
    stages = [{"stage": name, "plays": lags[name], "seconds": seconds if lags[name] else 0.0} for name in STAGES]
    connection.execute(_REPORT_STAGES, (Jsonb(stages),))


def seconds_behind(connection: Connection[Any]) -> float:
    """Return the age of `complete_through`, 0 before there is any."""
    row = connection.execute("select extract(epoch from now() - complete_through) from counts.progress").fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def report_success(connection: Connection[Any], stage: str) -> None:
    """Store that a stage has just succeeded, however many plays wait by now."""
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
    """Run a stage's step and store its outcome for /status; raises what the step raises."""
    try:
        result = step()
    except Exception as failure:
        report_failure(connect(), stage, failure)
        raise
    report_success(connect(), stage)
    return result
