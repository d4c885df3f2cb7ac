"""Bring silver up to bronze: take the new bronze rows, keep the plays, set aside the rest.

Safe to stop anywhere. The ledger fixes a range of bronze versions first; rejected rows and plays are
then appended under the range's number, which Delta takes once only; the ledger closes the range last.
Whoever comes next repeats an open range and arrives at the same rows.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import reduce
from typing import Any

from psycopg import Connection
from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.arrivals import check_offsets, count_received, describe_arrivals, end_offsets, hours_of
from orchestration.conservation import check_conservation, count_stored, tally_verdicts
from orchestration.ledger import (
    Slice,
    Tally,
    VersionRange,
    accepted_losses,
    begin_range,
    enriched_offsets,
    finish_range,
)
from orchestration.silver import judge_rows, select_plays, select_rejected
from streaming.lake import LakeTable, read_table

WRITER = "enrich-plays"
"""The application that Delta's transaction marks name."""
_MOST_SPANS = 100
"""More conditions than this, as an import of old plays would make, are nested too deep to send."""


def enrich_plays(
    spark: SparkSession, lake_root: str, connection: Connection[Any], newest: int | None = None
) -> Tally | None:
    """Enrich the next range of bronze versions, up to ``newest`` or all; None when there is nothing new.

    Raises:
        ConservationError: when received ≠ plays + rejected; the range stays open.
        OffsetGapError: when Kafka's offsets have a gap or a repeat; nothing is written.
    """
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


def newest_version(spark: SparkSession, path: str) -> int:
    """The newest version of a Delta table."""
    version: int = spark.sql(f"DESCRIBE HISTORY delta.`{path}` LIMIT 1").collect()[0]["version"]
    return version


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
    arrivals = describe_arrivals(received)
    covered = enriched_offsets(connection)
    check_offsets(arrivals, covered, accepted_losses(connection, covered))
    within = _within(received)
    # A repeated range must not find its own plays and take them for copies.
    silver = read_table(spark, lake_root, LakeTable.SILVER_PLAYS)
    silver = silver.filter(within & _at_instants_of(received) & (F.col("batch") != batch))
    judged = judge_rows(bronze, silver).persist()
    try:
        groups = judged.groupBy("region", "date", "hour", "verdict").count().collect()
        tally = tally_verdicts(groups)
        if tally.rejected:
            _append(select_rejected(judged, batch), lake_root, LakeTable.SILVER_REJECTED_PLAYS, batch)
        if tally.plays:
            _append(select_plays(judged, batch), lake_root, LakeTable.SILVER_PLAYS, batch)
    finally:
        judged.unpersist()
    check_conservation(tally, count_stored(spark, lake_root, batch, within), sum(row["received"] for row in received))
    finish_range(connection, versions, tally, end_offsets(arrivals), _changed_slices(groups), hours_of(received))
    return tally


def _within(received: list[Row]) -> Column:
    """A condition on the partitions themselves, so that only these hours' files are opened.

    One flat list: a chain of conditions as long as an import has hours is nested too deep to send.
    """
    keys = sorted(f"{date} {hour}" for date, hour in hours_of(received))
    return F.concat_ws(" ", "date", "hour").isin(keys)


def _at_instants_of(received: list[Row]) -> Column:
    """A condition that every copy of these rows meets: files that hold no play of about their time are not opened."""
    instants = [(row["earliest"], row["latest"]) for row in received if row["earliest"]]
    if not instants or len(instants) > _MOST_SPANS:
        return F.lit(True)
    return reduce(Column.__or__, (F.col("played_at").between(*span) for span in instants))


def _append(rows: DataFrame, lake_root: str, table: LakeTable, batch: int) -> None:
    writer = rows.repartition("region", "date", "hour").write.format("delta").mode("append")
    writer.option("txnAppId", WRITER).option("txnVersion", batch).save(table.path(lake_root))


def _changed_slices(groups: list[Row]) -> set[Slice]:
    return {
        (group["region"], datetime.combine(group["date"], time(), UTC) + timedelta(hours=group["hour"]))
        for group in groups
        if group["verdict"] != "malformed"
    }
