"""The ledger in Postgres against silver in the lake: find a ledger that was lost or is older.

Each row of silver carries the number of its batch, so the lake itself records how far silver is. A ledger that lacks a
batch of silver belongs to an empty or an older Postgres; going on from it would take plays of silver for duplicates.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.conservation import ConservationError
from orchestration.silver.recompute import SILVER
from streaming.lake import read_table


class LostLedgerError(ConservationError):
    """Postgres does not know what silver holds."""

    def __init__(self, batch: int) -> None:
        super().__init__(
            f"silver holds batch {batch}, which the ledger in Postgres lacks: Postgres was lost or is older than the "
            "lake; run `make rebuild`"
        )


def refuse_lost_ledger(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> None:
    """Raise :class:`LostLedgerError` when silver holds a batch that the ledger does not know."""
    batch = find_unknown_batch(spark, lake_root, connection)
    if batch is not None:
        raise LostLedgerError(batch)


def find_unknown_batch(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> int | None:
    """Return a batch of silver beyond the ledger's last, or None. By their statistics all other files stay shut."""
    ((last,),) = connection.execute("select coalesce(max(last_version), -1) from counts.enrichments").fetchall()
    rows = [read_table(spark, lake_root, table).select("batch").filter(F.col("batch") > last) for table in SILVER]
    found = rows[0].unionAll(rows[1]).head()
    return int(found["batch"]) if found else None
