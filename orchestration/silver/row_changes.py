"""Rows that leave silver or move within it: the few exceptions to its being append-only.

Each change may be made again: a row that is gone already is not missed, and one that is there already
is not written twice. So an interrupted change is simply repeated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.changed_slices import in_slices, slices_in_sql
from orchestration.ledger.enrichments import Slice, StoredPlay
from orchestration.silver.rules import select_rejected, with_identities
from streaming.lake import LakeTable, read_table

PLACE = ("region", "date", "hour", "partition", "offset")
"""Where a row lies in the lake, and which message it is."""
PLACE_SCHEMA = "region string, date date, hour int, partition int, offset bigint"
_CONFLICT = "DELTA_CONCURRENT"
_ATTEMPTS = 5


def superseded_plays(judged: DataFrame) -> list[StoredPlay]:
    """The plays of silver of which judged rows are earlier copies; their hour is the copy's own."""
    rows = judged.filter(F.col("superseded").isNotNull()).select("date", "hour", "superseded").collect()
    return [_stored_play(row) for row in rows]


def _stored_play(row: Row) -> StoredPlay:
    stored = row["superseded"]
    return StoredPlay(slice_of(stored["region"], row), stored["partition"], stored["offset"], stored["batch"])


def _place(play: StoredPlay) -> tuple[object, ...]:
    region, hour_start = play.slice
    utc = hour_start.astimezone(UTC)
    return region, utc.date(), utc.hour, play.partition, play.offset


def reject_superseded(spark: SparkSession, lake_root: str, plays: Iterable[StoredPlay]) -> None:
    """Make plays of silver duplicates: the rejected row is written first, then the play goes."""
    moved = list(plays)
    places = spark.createDataFrame([(*_place(play), play.batch) for play in moved], f"{PLACE_SCHEMA}, batch bigint")
    slices = [play.slice for play in moved]
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).drop("value").filter(in_slices(slices))
    duplicates = with_identities(bronze.join(places, on=list(PLACE))).withColumn("verdict", F.lit("duplicate"))
    rejected = select_rejected(duplicates, F.col("batch"))
    append_missing(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS, rejected, slices)
    remove_rows(spark, lake_root, LakeTable.SILVER_PLAYS, places, slices)


def append_missing(
    spark: SparkSession, lake_root: str, table: LakeTable, rows: DataFrame, slices: Iterable[Slice]
) -> None:
    """Append the rows whose messages the table does not hold in these slices."""
    within = list(slices)
    if not within:
        return
    stored = read_table(spark, lake_root, table).filter(in_slices(within)).select("partition", "offset")
    missing = rows.join(stored, on=["partition", "offset"], how="left_anti").select(rows.columns)
    writer = missing.repartition(*table.partition_columns).write.format("delta").mode("append")
    writer.save(table.path(lake_root))


def remove_rows(
    spark: SparkSession, lake_root: str, table: LakeTable, places: DataFrame, slices: Iterable[Slice]
) -> None:
    """Delete the rows at these places, which lie in these slices."""
    merge(spark, lake_root, table, places, slices, "WHEN MATCHED THEN DELETE")


def merge(
    spark: SparkSession, lake_root: str, table: LakeTable, source: DataFrame, slices: Iterable[Slice], actions: str
) -> None:
    """Change the rows of a table, in these slices, that lie where ``source`` says (:data:`PLACE`).

    The places come as a table and not as a condition: Delta's log keeps the condition of every change.
    """
    within = set(slices)
    if not within:
        return
    view = f"changes_{uuid4().hex}"
    source.createOrReplaceTempView(view)
    same_place = " AND ".join(f"stored.`{name}` = changes.`{name}`" for name in PLACE)
    statement = (
        f"MERGE INTO delta.`{table.path(lake_root)}` AS stored USING {view} AS changes "
        f"ON {slices_in_sql(within, 'stored')} AND {same_place} {actions}"
    )
    try:
        again_on_conflict(lambda: spark.sql(statement).collect())
    finally:
        spark.catalog.dropTempView(view)


def again_on_conflict(change: Callable[[], object]) -> None:
    """Make a change, and repeat it when maintenance of the lake rewrote the same files."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            change()
            return
        except PySparkException as failure:
            if attempt == _ATTEMPTS or not (failure.getCondition() or "").startswith(_CONFLICT):
                raise
            time.sleep(attempt)


def slice_of(region: str, row: Row | Mapping[str, Any]) -> Slice:
    """The slice of a row that has a ``date`` and an ``hour``."""
    return region, datetime.combine(row["date"], datetime.min.time(), UTC) + timedelta(hours=row["hour"])
