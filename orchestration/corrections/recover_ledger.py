"""Make the ledger in Postgres again from bronze, after Postgres was lost or taken from an older backup."""

from __future__ import annotations

import logging
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.corrections.rebuild_silver import KIND
from orchestration.ledger.corrections import begin_correction
from orchestration.ledger.table_rows import newest_version
from orchestration.silver.lost_ledger import find_unknown_batch, refuse_lost_ledger
from orchestration.silver.recompute import Scope
from streaming.lake import LakeTable
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
