"""Make silver again from one version of bronze alone, compare it row by row, and replace what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from pyspark.sql import Column, DataFrame, Row, SparkSession, Window
from pyspark.sql import functions as F

from orchestration.batch_ends import BatchEnds, read_batch_ends
from orchestration.corrections import begin_correction, finish_correction, is_begun
from orchestration.ledger import Slice
from orchestration.silver import judge_rows, select_plays, select_rejected
from orchestration.silver_changes import again_on_conflict, slice_of
from orchestration.slices import in_slices
from orchestration.table_rows import newest_version
from streaming.lake import PARTITION_COLUMNS, LakeTable, read_table, table_schema
from streaming.maintenance import INVALID_REGION, is_no_tombstone, parse_again

KIND = "rebuild"
log = logging.getLogger("rebuild")
SILVER = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS)
_SLICES_AT_ONCE = 100


@dataclass(frozen=True)
class Scope:
    """What to make again: everything, or one region's UTC day."""

    region: str | None = None
    day: date | None = None

    def __str__(self) -> str:
        """Such as ``GB on 2026-11-22``, or ``everything``."""
        return f"{self.region or 'all regions'} on {self.day}" if self.day else self.region or "everything"

    def holds(self) -> Column:
        """Whether a row lies in it."""
        in_region = F.col("region") == self.region if self.region else F.lit(True)
        return in_region & (F.col("date") == F.lit(self.day) if self.day else F.lit(True))


@dataclass(frozen=True)
class SliceDifference:
    """Rows of a slice that live silver lacks, has too many, or has with other values."""

    table: LakeTable
    slice: Slice
    lacking: int
    surplus: int
    different: int


@dataclass(frozen=True)
class RebuiltSilver:
    """How many rows of bronze were judged again, and the slices that differed and were replaced."""

    rows: int
    differences: list[SliceDifference]


def rebuild_silver(spark: SparkSession, lake_root: str, connection: Connection[Any], scope: Scope) -> RebuiltSilver:
    """Judge bronze again and replace the slices of silver that differ; rounds must be paused.

    Raises:
        ConservationError: when silver and the ledger do not add up afterwards.
    """
    batches = read_batch_ends(connection)
    judged = _judge(spark, lake_root, batches, scope).persist()
    try:
        rows = judged.count()
        log.info("%d rows of bronze judged again", rows)
        made = dict(zip(SILVER, _select(judged), strict=True))
        differences = [
            difference
            for table in SILVER
            for difference in _compare(spark, lake_root, table, made[table], batches, scope)
        ]
        log.info("%d slices of silver differ", len(differences))
        if differences or is_begun(connection, KIND, str(scope)):
            _replace(spark, lake_root, connection, scope, batches, made, differences)
        return RebuiltSilver(rows, differences)
    finally:
        judged.unpersist()


def _judge(spark: SparkSession, lake_root: str, batches: BatchEnds, scope: Scope) -> DataFrame:
    path = LakeTable.BRONZE_PLAYS.path(lake_root)
    version = newest_version(spark, path)
    bronze = spark.read.format("delta").option("versionAsOf", version).load(path)
    whole = bronze.filter(is_no_tombstone() & batches.are_finished())
    good = whole.filter(F.col("region") != INVALID_REGION)
    # What was no play may be one now, and of any day.
    bad = parse_again(whole.filter(F.col("region") == INVALID_REGION))
    rows = good.drop("value").unionByName(bad.drop("value"))
    # Copies in other regions decide too, so a region is chosen last.
    wanted = rows.filter(Scope(day=scope.day).holds())
    nothing = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).limit(0)
    return judge_rows(wanted, nothing).filter(scope.holds()).withColumn("batch", batches.batch_of())


def _select(judged: DataFrame) -> Iterator[DataFrame]:
    yield select_plays(judged, F.col("batch"))
    yield select_rejected(judged, F.col("batch"))


def _compare(
    spark: SparkSession, lake_root: str, table: LakeTable, made: DataFrame, batches: BatchEnds, scope: Scope
) -> list[SliceDifference]:
    live = read_table(spark, lake_root, table).filter(scope.holds() & (F.col("batch") <= batches.last))
    joined = _keyed(live, table, "live").join(
        _keyed(made, table, "made"), on=["partition", "offset", "copy"], how="full"
    )
    different = joined.filter(~F.col("live").eqNullSafe(F.col("made")))
    # A row that moved makes two slices differ.
    slices = F.explode(F.array_distinct(F.array_compact(F.array(_place_of("live"), _place_of("made")))))
    rows = different.select(slices.alias("place"), "live", "made").select("place.*", "live", "made")
    counts = [
        F.count_if(F.col("live").isNull()).alias("lacking"),
        F.count_if(F.col("made").isNull()).alias("surplus"),
        F.count_if(F.col("live").isNotNull() & F.col("made").isNotNull()).alias("different"),
    ]
    return [_difference(table, row) for row in rows.groupBy(*PARTITION_COLUMNS).agg(*counts).collect()]


def _keyed(rows: DataFrame, table: LakeTable, name: str) -> DataFrame:
    """Each row as one value beside its message; a message that is there twice has a second copy."""
    columns = [field.name for field in table_schema(table)]
    copy = F.row_number().over(Window.partitionBy("partition", "offset").orderBy("batch", *PARTITION_COLUMNS))
    return rows.select("partition", "offset", copy.alias("copy"), F.struct(*columns).alias(name))


def _place_of(side: str) -> Column:
    place = F.struct(*(F.col(f"{side}.{name}").alias(name) for name in PARTITION_COLUMNS))
    return F.when(F.col(side).isNotNull(), place)


def _difference(table: LakeTable, row: Row) -> SliceDifference:
    return SliceDifference(table, slice_of(row["region"], row), row["lacking"], row["surplus"], row["different"])


def _replace(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    scope: Scope,
    batches: BatchEnds,
    made: dict[LakeTable, DataFrame],
    differences: list[SliceDifference],
) -> None:
    slices = {table: [found.slice for found in differences if found.table is table] for table in SILVER}
    touched = set().union(*slices.values())
    numbers = _batches(spark, lake_root, batches, made, slices)
    regions = {(region, hour_start) for region, hour_start in touched if region != INVALID_REGION}
    correction = begin_correction(connection, KIND, str(scope), regions, numbers)
    for table in SILVER:
        for portion in _portions(slices[table]):
            _replace_slices(spark, lake_root, table, made[table], batches, portion)
            log.info("%d slices of %s replaced", len(portion), table.value)
    finish_correction(spark, lake_root, connection, correction)


def _batches(
    spark: SparkSession,
    lake_root: str,
    batches: BatchEnds,
    made: dict[LakeTable, DataFrame],
    slices: dict[LakeTable, list[Slice]],
) -> set[int]:
    found: set[int] = set()
    for table in SILVER:
        live = read_table(spark, lake_root, table).filter(F.col("batch") <= batches.last)
        for rows in (live, made[table]):
            chosen = rows.filter(in_slices(slices[table])).select("batch").distinct().collect()
            found |= {row["batch"] for row in chosen}
    return found


def _portions(slices: list[Slice]) -> Iterator[list[Slice]]:
    for start in range(0, len(slices), _SLICES_AT_ONCE):
        yield slices[start : start + _SLICES_AT_ONCE]


def _replace_slices(
    spark: SparkSession, lake_root: str, table: LakeTable, made: DataFrame, batches: BatchEnds, slices: list[Slice]
) -> None:
    """Put what was made in the place of these slices, and keep what a batch that is not finished has written."""
    unfinished = read_table(spark, lake_root, table).filter(F.col("batch") > batches.last)
    rows = made.filter(in_slices(slices)).unionByName(unfinished.filter(in_slices(slices)))
    writer = rows.repartition(*PARTITION_COLUMNS).write.format("delta").mode("overwrite")
    place = writer.option("replaceWhere", _where(slices))
    again_on_conflict(lambda: place.save(table.path(lake_root)))


def _where(slices: Iterable[Slice]) -> str:
    places = (
        f"(region = '{region}' AND date = '{hour_start.date()}' AND hour = {hour_start.hour})"
        for region, hour_start in slices
    )
    return " OR ".join(places)
