"""Compare silver row by row with what bronze says, and replace what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from psycopg import Connection
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.changed_slices import in_slices, slices_in_sql
from orchestration.ledger.corrections import begin_correction, finish_correction, is_begun
from orchestration.ledger.enrichments import Slice
from orchestration.silver.compare import SliceDifference, find_differences
from orchestration.silver.recompute import SILVER, RecomputedSilver
from orchestration.silver.row_changes import again_on_conflict
from streaming.lake import LakeTable, read_table
from streaming.maintenance import INVALID_REGION

KIND = "rebuild"
log = logging.getLogger(__name__)
_SLICES_AT_ONCE = 100


def rebuild_silver(
    spark: SparkSession, lake_root: str, connection: Connection[Any], made: RecomputedSilver
) -> list[SliceDifference]:
    """Replace the slices of silver that are not as made again, and return them; settling must be paused.

    Raises:
        ConservationError: when silver and the ledger do not add up afterwards.
    """
    live = {table: made.read_live(spark, lake_root, table) for table in SILVER}
    differences = find_differences(live, made.tables)
    log.info("%d slices of silver differ", len(differences))
    if differences or is_begun(connection, KIND, str(made.scope)):
        _replace(spark, lake_root, connection, made, differences)
    return differences


def _replace(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    made: RecomputedSilver,
    differences: list[SliceDifference],
) -> None:
    slices = {table: [found.slice for found in differences if found.table is table] for table in SILVER}
    touched = set().union(*slices.values())
    numbers = _batches(spark, lake_root, made, slices)
    regions = {(region, hour_start) for region, hour_start in touched if region != INVALID_REGION}
    correction = begin_correction(connection, KIND, str(made.scope), regions, numbers)
    for table in SILVER:
        for portion in _portions(slices[table]):
            _replace_slices(spark, lake_root, table, made, portion)
            log.info("%d slices of %s replaced", len(portion), table.value)
    finish_correction(spark, lake_root, connection, correction)


def _batches(
    spark: SparkSession, lake_root: str, made: RecomputedSilver, slices: dict[LakeTable, list[Slice]]
) -> set[int]:
    found: set[int] = set()
    for table in SILVER:
        for rows in (made.read_live(spark, lake_root, table), made.tables[table]):
            chosen = rows.filter(in_slices(slices[table])).select("batch").distinct().collect()
            found |= {row["batch"] for row in chosen}
    return found


def _portions(slices: list[Slice]) -> Iterator[list[Slice]]:
    for start in range(0, len(slices), _SLICES_AT_ONCE):
        yield slices[start : start + _SLICES_AT_ONCE]


def _replace_slices(
    spark: SparkSession, lake_root: str, table: LakeTable, made: RecomputedSilver, slices: list[Slice]
) -> None:
    """Put what was made in the place of these slices, and keep what a batch that is not finished has written."""
    unfinished = read_table(spark, lake_root, table).filter(F.col("batch") > made.batches.last)
    rows = made.tables[table].filter(in_slices(slices)).unionByName(unfinished.filter(in_slices(slices)))
    writer = rows.repartition(*table.partition_columns).write.format("delta").mode("overwrite")
    place = writer.option("replaceWhere", slices_in_sql(slices))
    again_on_conflict(lambda: place.save(table.path(lake_root)))
