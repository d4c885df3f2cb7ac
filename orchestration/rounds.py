"""When a round is due, and what is said of it afterwards; free of Prefect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from orchestration.build_charts import windows_to_rank
from orchestration.connections import Connections
from orchestration.ledger import Offsets, enriched_offsets
from orchestration.progress import STAGES, Heartbeat, Mark, Marks, report_stages, waiting_plays
from orchestration.table_rows import newest_version
from streaming.lake import LakeTable


@dataclass(frozen=True)
class Backlog:
    """What waits for each stage: plays before silver, slices before counts, windows before charts."""

    unread_plays: int
    unread_versions: int
    newest_version: int | None
    begun_ranges: int
    slices: int
    windows: int

    @property
    def is_due(self) -> bool:
        """Whether any stage trails the one before it, also after a crash."""
        return bool(self.unread_versions or self.begun_ranges or self.slices or self.windows)

    @property
    def is_published(self) -> bool:
        """Whether all that silver holds is in the charts."""
        return not (self.begun_ranges or self.slices or self.windows)

    def lags(self) -> dict[str, int]:
        """Plays (or, past silver, slices and windows) that wait for each stage."""
        waiting = self.unread_plays if self.unread_versions else 0
        unread = [0, self.unread_plays - waiting, waiting, self.slices, self.windows]
        return dict(zip(STAGES, unread, strict=True))


def measure_backlog(connections: Connections, mark: Mark) -> tuple[Backlog, Offsets]:
    """What trails what, and the offsets that silver covers.

    The lake is asked only when Kafka holds plays that silver does not.
    """
    postgres = connections.postgres
    covered = enriched_offsets(postgres)
    unread = waiting_plays(mark, covered)
    newest = newest_version(connections.spark, LakeTable.BRONZE_PLAYS.path(connections.lake_root)) if unread else -1
    backlog = Backlog(
        unread_plays=unread,
        newest_version=newest if unread else None,
        unread_versions=max(0, newest - _scalar(postgres, "select max(last_version) from counts.enrichments", -1)),
        begun_ranges=_scalar(postgres, "select count(*) from counts.enrichments where finished_at is null"),
        slices=_scalar(postgres, "select count(distinct (region, hour_start)) from counts.slices_to_count"),
        windows=windows_to_rank(postgres),
    )
    return backlog, covered


class ProgressReport:
    """What one process says of the charts' progress: it remembers which marks are still to be covered."""

    def __init__(self) -> None:
        self._marks = Marks()
        self._heartbeat = Heartbeat()

    def write(self, connections: Connections, mark: Mark) -> Backlog:
        """Write the heartbeat and each stage's lag, where there is news; returns what still waits."""
        self._marks.add(mark)
        backlog, covered = measure_backlog(connections, mark)
        complete_through = self._marks.settle(covered) if backlog.is_published else None
        self._heartbeat.beat(connections.postgres, complete_through, covered)
        report_stages(connections.postgres, backlog.lags(), _seconds_behind(connections.postgres))
        return backlog


def _seconds_behind(connection: Connection[Any]) -> float:
    row = connection.execute("select complete_through from counts.progress").fetchone()
    complete_through = row[0] if row else None
    return (datetime.now(UTC) - complete_through).total_seconds() if complete_through else 0.0


def _scalar(connection: Connection[Any], query: str, default: int = 0) -> int:
    row = connection.execute(query).fetchone()
    return default if row is None or row[0] is None else int(row[0])
