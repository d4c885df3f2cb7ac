"""Withdraw a key's plays or bring them back: fix which keys are withdrawn, then count every slice of such a play."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

from psycopg import Connection
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.charts.build_charts import build_charts
from orchestration.corrections.reseed_live import reseed_live
from orchestration.counts.count_slices import count_slices
from orchestration.counts.withdrawn_keys import CAUSE
from orchestration.ledger.enrichments import Slice, mark_slices
from orchestration.silver.row_changes import slice_of
from streaming.lake import SLICE_COLUMNS, LakeTable, read_table

log = logging.getLogger(__name__)
_WITHDRAW: LiteralString = "insert into live.withdrawn_keys (key_id) values (%s) on conflict do nothing"
_UNDO: LiteralString = "delete from live.withdrawn_keys where key_id = %s"


@dataclass(frozen=True)
class Withdrawal:
    """What a withdrawal, or its undoing, changed; the receipt for the operator."""

    key_id: str
    is_undone: bool
    plays: int
    slices: int
    at: datetime

    def describe(self) -> list[dict[str, str]]:
        """Return the receipt, a line each."""
        outcome = "counted again" if self.is_undone else "withdrawn: kept in silver, counted nowhere"
        return [
            {"what": f"plays of key {self.key_id}", "found": f"{self.plays} {outcome}"},
            {"what": "hours of regions with such plays", "found": f"{self.slices}, restated with the cause {CAUSE}"},
            {"what": "at", "found": f"{self.at:%Y-%m-%dT%H:%M:%SZ}"},
        ]


def withdraw_plays(
    spark: SparkSession, lake_root: str, connection: Connection[Any], key_id: str, *, undo: bool = False
) -> Withdrawal:
    """Withdraw all plays of a key that silver holds, and all later ones; or bring them back.

    Settling must be paused. The slices wait to be counted; running the same again is safe.
    """
    plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).filter(F.col("key_id") == key_id)
    rows = plays.groupBy(*SLICE_COLUMNS).count().collect()
    slices = {slice_of(row["region"], row) for row in rows}
    _change(connection, key_id, slices, undo)
    withdrawal = Withdrawal(key_id, undo, sum(row["count"] for row in rows), len(slices), datetime.now(UTC))
    log.info("key %s: %s", key_id, withdrawal)
    return withdrawal


def count_and_publish(spark: SparkSession, lake_root: str, connection: Connection[Any], project_dir: Path) -> None:
    """Restate the settled charts of slices that wait, and load open windows again."""
    count_slices(spark, lake_root, connection)
    build_charts(connection, project_dir)
    reseed_live(spark, lake_root, connection)


def _change(connection: Connection[Any], key_id: str, slices: Iterable[Slice], undo: bool) -> None:
    """Change which keys count and mark what that changes, in one transaction."""
    with connection.transaction():
        connection.execute("set local role live")
        connection.execute(_UNDO if undo else _WITHDRAW, (key_id,))
        connection.execute("reset role")
        mark_slices(connection, slices, CAUSE)
