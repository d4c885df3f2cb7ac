"""Take a listener out of the lake: bronze rows become tombstones, silver's rows go.

Bronze is changed last, so a run that repeats an interrupted one finds the same rows.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.corrections.erasure_requests import note_removed, read_request
from orchestration.ledger.batch_ends import BatchEnds, read_batch_ends
from orchestration.ledger.corrections import Correction, begin_correction, finish_correction, refuse_other_correction
from orchestration.ledger.enrichments import Slice
from orchestration.silver.enrich_plays import finish_open_range
from orchestration.silver.row_changes import PLACE, PLACE_SCHEMA, merge, remove_rows, slice_of
from streaming.lake import LakeTable, read_table
from streaming.maintenance import INVALID_REGION, is_no_tombstone, tombstone_changes

KIND = "erasure"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Traces:
    """Where the rows of a listener lie, by table, and how many each batch brought."""

    places: dict[LakeTable, list[Row]]
    batches: dict[int, int]

    def slices(self, table: LakeTable) -> set[Slice]:
        """The slices in which a table holds such rows."""
        return {slice_of(row["region"], row) for row in self.places[table]}


def erase(spark: SparkSession, lake_root: str, connection: Connection[Any], request_id: UUID) -> Correction | None:
    """Erase the listener of a request from the lake, as far as silver covers it; None when that is done already.

    Settling must be paused. The slices it changed wait to be counted again.

    Raises:
        ConservationError: when silver does not add up afterwards, or another correction was stopped half way.
    """
    user_id = read_request(connection, request_id).user_id
    if user_id is None:
        return None
    refuse_other_correction(connection, KIND, str(request_id))
    finish_open_range(spark, lake_root, connection)
    traces = _find(spark, lake_root, read_batch_ends(connection), user_id)
    counted = {table: len(places) for table, places in traces.places.items()}
    note_removed(connection, request_id, *(counted[table] for table in LakeTable))
    log.info("found %s", ", ".join(f"{count} rows in {table.value}" for table, count in counted.items()))
    touched = traces.slices(LakeTable.SILVER_PLAYS) | traces.slices(LakeTable.SILVER_REJECTED_PLAYS)
    of_regions = {(region, hour_start) for region, hour_start in touched if region != INVALID_REGION}
    correction = begin_correction(connection, KIND, str(request_id), of_regions, traces.batches, erased=traces.batches)
    _remove(spark, lake_root, traces)
    finish_correction(spark, lake_root, connection, correction)
    return correction


def _find(spark: SparkSession, lake_root: str, batches: BatchEnds, user_id: str) -> Traces:
    """Reads the listeners of all bronze and silver: nothing indexes a listener."""
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS).filter(is_no_tombstone() & batches.are_finished())
    # A value that is no play may name the listener too.
    named = F.col("user_id").eqNullSafe(user_id) | F.col("value").cast("string").contains(user_id)
    messages = bronze.filter(named).select(*PLACE, batches.batch_of().alias("batch")).collect()
    plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).filter(F.col("user_id") == user_id)
    rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).join(
        F.broadcast(_places(spark, messages).select("partition", "offset")), on=["partition", "offset"]
    )
    numbers = [row["batch"] for row in messages]
    return Traces(
        places={
            LakeTable.BRONZE_PLAYS: messages,
            LakeTable.SILVER_PLAYS: plays.select(*PLACE).collect(),
            LakeTable.SILVER_REJECTED_PLAYS: rejected.select(*PLACE).collect(),
        },
        batches={number: numbers.count(number) for number in set(numbers)},
    )


def _places(spark: SparkSession, rows: list[Row]) -> DataFrame:
    return spark.createDataFrame([tuple(row[name] for name in PLACE) for row in rows], PLACE_SCHEMA)


def _remove(spark: SparkSession, lake_root: str, traces: Traces) -> None:
    for table in (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS):
        remove_rows(spark, lake_root, table, _places(spark, traces.places[table]), traces.slices(table))
    bronze = LakeTable.BRONZE_PLAYS
    tombstones = f"WHEN MATCHED THEN UPDATE SET {tombstone_changes()}"
    merge(spark, lake_root, bronze, _places(spark, traces.places[bronze]), traces.slices(bronze), tombstones)
    log.info("silver holds none of them any more, and bronze their tombstones")
