"""The ledger in Postgres against silver in the lake: find a ledger that was lost or is older, and make it again.

Each row of silver carries the number of its batch, so the lake itself records how far silver is. A ledger that lacks a
batch of silver belongs to an empty or an older Postgres; going on from it would take plays of silver for duplicates.
"""

from __future__ import annotations

import logging
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.corrections.rebuild_silver import KIND
from orchestration.ledger.conservation import ConservationError
from orchestration.ledger.corrections import begin_correction
from orchestration.ledger.table_rows import newest_version
from orchestration.silver.recompute import SILVER, Scope
from streaming.lake import LakeTable, read_table
from streaming.maintenance import is_no_tombstone

log = logging.getLogger(__name__)
_TABLES = "counts.enrichments, counts.superseded_plays, counts.lake_tables, counts.accepted_losses, counts.offset_marks"
_TAKE_UP = """
    insert into counts.enrichments
        (first_version, last_version, finished_at, received, plays, duplicates, malformed, erased, end_offsets)
    values (0, %(version)s, now(), %(received)s, 0, 0, %(received)s, %(erased)s, %(ends)s)
"""
# A rebuild of everything makes again what any of them was about to change.
_CLOSE_CORRECTIONS = "update counts.corrections set finished_at = now() where finished_at is null"


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


def recover_ledger(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> int | None:
    """Make the ledger again from bronze where it lacks a batch of silver; return how many rows it received, or None.

    Raises:
        LostLedgerError: when silver holds a batch that bronze's versions do not reach.
    """
    if find_unknown_batch(spark, lake_root, connection) is None:
        return None
    received = _take_up(spark, lake_root, connection)
    refuse_lost_ledger(spark, lake_root, connection)
    return received


def _take_up(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> int:
    """Make the ledger again from bronze, as one batch that holds all of it; return how many rows that received.

    It begins the correction that a rebuild of silver finishes; nothing is published before. Settling must be paused.
    """
    version = newest_version(spark, LakeTable.BRONZE_PLAYS.path(lake_root))
    bronze = spark.read.format("delta").option("versionAsOf", version).load(LakeTable.BRONZE_PLAYS.path(lake_root))
    partitions = bronze.groupBy("partition").agg(
        (F.max("offset") + 1).alias("end"), F.count("*").alias("rows"), F.count_if(~is_no_tombstone()).alias("erased")
    )
    rows = partitions.collect()
    erased = sum(row["erased"] for row in rows)
    received: int = sum(row["rows"] for row in rows) - erased
    ends = {str(row["partition"]): row["end"] for row in rows}
    with connection.transaction():
        connection.execute(f"truncate {_TABLES}")
        connection.execute(_CLOSE_CORRECTIONS)
        values = {"version": version, "received": received, "erased": erased, "ends": Jsonb(ends)}
        connection.execute(_TAKE_UP, values)
        begin_correction(connection, KIND, str(Scope()), [], [version])
    log.info("the ledger is made again from %d rows of bronze, up to version %d", received + erased, version)
    return received
