"""Silver made again from one version of bronze alone, beside the live one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.batch_ends import BatchEnds, read_batch_ends, read_finished
from orchestration.ledger.table_rows import newest_version
from orchestration.silver.rules import judge_rows, select_plays, select_rejected
from streaming.lake import LakeTable, table_schema
from streaming.maintenance import INVALID_REGION, is_no_tombstone, parse_again

SILVER = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS)
log = logging.getLogger(__name__)


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
class RecomputedSilver:
    """What silver must hold of a scope by the finished batches, and the number of bronze's rows that say so."""

    scope: Scope
    batches: BatchEnds
    rows: int
    tables: dict[LakeTable, DataFrame]

    def read_live(self, spark: SparkSession, lake_root: str, table: LakeTable) -> DataFrame:
        """The live rows that the made ones stand beside."""
        return self._read_finished(spark, lake_root, table).filter(self.scope.holds())

    def with_rest(self, spark: SparkSession, lake_root: str, table: LakeTable) -> DataFrame:
        """A whole table: made in the scope, and live elsewhere."""
        rest = self._read_finished(spark, lake_root, table).filter(~self.scope.holds())
        return self.tables[table].unionByName(rest)

    def _read_finished(self, spark: SparkSession, lake_root: str, table: LakeTable) -> DataFrame:
        return read_finished(spark, lake_root, table, self.batches.last)


@contextmanager
def recompute_silver(
    spark: SparkSession, lake_root: str, connection: Connection[Any], scope: Scope
) -> Iterator[RecomputedSilver]:
    """Judge bronze again by the current rules; the lake driver keeps the outcome until the block ends."""
    batches = read_batch_ends(connection)
    judged = _judge(spark, lake_root, batches, scope).persist()
    try:
        rows = judged.count()
        log.info("%d rows of bronze judged again", rows)
        yield RecomputedSilver(scope, batches, rows, dict(zip(SILVER, _select(judged), strict=True)))
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
    nothing = spark.createDataFrame([], table_schema(LakeTable.SILVER_PLAYS))
    return judge_rows(wanted, nothing).filter(scope.holds()).withColumn("batch", batches.batch_of())


def _select(judged: DataFrame) -> Iterator[DataFrame]:
    yield select_plays(judged, F.col("batch"))
    yield select_rejected(judged, F.col("batch"))
