"""Bring silver up to bronze: take the new bronze rows, keep the plays, set aside the rest.

Safe to stop anywhere. The ledger fixes a range of bronze versions first; rejected rows and plays are
then appended under the range's number, which Delta takes once only; the ledger closes the range last.
The next run repeats an open range and arrives at the same rows.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.conservation import Verdicts, check_batch, check_tables, tally_verdicts
from orchestration.ledger.corrections import refuse_interrupted
from orchestration.ledger.enrichments import (
    Slice,
    StoredPlay,
    Tally,
    VersionRange,
    accepted_losses,
    begin_range,
    enriched_offsets,
    erased_rows,
    finish_range,
    has_open_range,
    note_superseded,
    stored_tables,
)
from orchestration.ledger.offset_check import check_offsets, count_received, describe_offsets, end_offsets, hours_of
from orchestration.ledger.table_rows import TableRows, count_tables, newest_version
from orchestration.silver.dedup_candidates import read_candidates
from orchestration.silver.lost_ledger import refuse_lost_ledger
from orchestration.silver.row_changes import reject_superseded, slice_of, superseded_plays
from orchestration.silver.rules import judge_rows, select_plays, select_rejected
from streaming.lake import LakeTable

WRITER = "enrich-plays"
"""The application that Delta's transaction marks name."""
_MOST_PLAYS_UNPACKED = 500_000


def enrich_plays(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    newest: int | None = None,
) -> Tally | None:
    """Enrich the next range of bronze versions, up to ``newest`` or all; None when there is nothing new.

    Raises:
        ConservationError: when received ≠ plays + rejected; the range stays open. Also when a correction
            of silver was stopped half way, and when silver has what the ledger lacks; nothing is written.
        OffsetGapError: when Kafka's offsets have a gap or a repeat; nothing is written.
    """
    refuse_lost_ledger(spark, lake_root, connection)
    refuse_interrupted(spark, lake_root, connection)
    if newest is None:
        newest = newest_version(spark, LakeTable.BRONZE_PLAYS.path(lake_root))
    versions = begin_range(connection, newest)
    if versions is None:
        return None
    bronze = read_inserts(spark, lake_root, versions).persist()
    try:
        return _enrich_range(spark, lake_root, connection, versions, bronze)
    finally:
        bronze.unpersist()


def read_inserts(spark: SparkSession, lake_root: str, versions: VersionRange) -> DataFrame:
    """The bronze rows that a range of versions inserted."""
    return (
        spark.read.format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", versions.first_version)
        .option("endingVersion", versions.last_version)
        .load(LakeTable.BRONZE_PLAYS.path(lake_root))
        .filter(F.col("_change_type") == "insert")
        .drop("value", "_change_type", "_commit_version", "_commit_timestamp")
    )


def _enrich_range(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    versions: VersionRange,
    bronze: DataFrame,
) -> Tally:
    batch = versions.last_version
    received = count_received(bronze)
    rows = sum(row["received"] for row in received)
    ranges = describe_offsets(received)
    covered = enriched_offsets(connection)
    check_offsets(ranges, covered, accepted_losses(connection, covered))
    judged = _keep(judge_rows(bronze, read_candidates(spark, lake_root, received, batch)), rows)
    try:
        groups = _sum_verdicts(judged)
        tally = tally_verdicts(groups)
        superseded = _note_superseded(connection, batch, judged, groups)
        if tally.rejected:
            _append(select_rejected(judged, batch), lake_root, LakeTable.SILVER_REJECTED_PLAYS, batch)
        if tally.plays:
            _append(select_plays(judged, batch), lake_root, LakeTable.SILVER_PLAYS, batch)
        if superseded:
            reject_superseded(spark, lake_root, superseded)
    finally:
        judged.unpersist()
    tables = _check(spark, lake_root, connection, tally, rows, len(superseded), batch)
    ends, moved = end_offsets(ranges), {play.slice for play in superseded}
    finish_range(connection, versions, tally, ends, _changed_slices(groups), hours_of(received), moved, tables)
    return tally


def finish_open_range(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> None:
    """Enrich the range that was begun and not finished, if there is one."""
    if has_open_range(connection):
        enrich_plays(spark, lake_root, connection)


def _keep(judged: DataFrame, received: int) -> DataFrame:
    """Have Spark keep judged rows, many of them packed.

    Spark plans a packed frame again at each append to a table that it was read from: a quarter of a small batch's time.
    """
    return judged.localCheckpoint(eager=False) if received <= _MOST_PLAYS_UNPACKED else judged.persist()


def _sum_verdicts(judged: DataFrame) -> list[Verdicts]:
    counts = [F.count("*").alias("count"), F.count("superseded").alias("superseded")]
    rows = judged.groupBy("region", "date", "hour", "verdict").agg(*counts).collect()
    return [row.asDict() for row in rows]


def _note_superseded(
    connection: Connection[Any], batch: int, judged: DataFrame, groups: list[Verdicts]
) -> list[StoredPlay]:
    found = superseded_plays(judged) if any(group["superseded"] for group in groups) else []
    return note_superseded(connection, batch, found)


def _check(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    tally: Tally,
    received: int,
    superseded: int,
    batch: int,
) -> dict[LakeTable, TableRows]:
    """Conservation of the batch and of whole tables; returns what each table holds."""
    before = stored_tables(connection)
    now = count_tables(spark, lake_root, before or {}, batch)
    if before is not None:
        check_batch(tally, received, superseded, before, now)
    check_tables(now, erased_rows(connection))
    return now


def _append(rows: DataFrame, lake_root: str, table: LakeTable, batch: int) -> None:
    writer = rows.repartition(*table.partition_columns).write.format("delta").mode("append")
    writer.option("txnAppId", WRITER).option("txnVersion", batch).save(table.path(lake_root))


def _changed_slices(groups: list[Verdicts]) -> set[Slice]:
    return {slice_of(group["region"], group) for group in groups if group["verdict"] != "malformed"}
