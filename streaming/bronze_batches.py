"""The stream's batches are appended to bronze, every message once.

Delta's own sink marks each batch in the table and looks for the mark before the next, for which Delta reads
the table's whole state again: two thirds of a batch's cost once an hour of replaced files is in it. Bronze's
rows say themselves which messages they are, so only a batch that may be a repetition is held against them.
"""

from __future__ import annotations

import logging
from functools import reduce
from operator import or_

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming.lake import LakeTable, read_table

logger = logging.getLogger("streaming.bronze_batches")

Offsets = dict[int, int]
"""An offset for each Kafka partition."""


class BronzeBatches:
    """Appends one query's batches, in their order, to the bronze of a lake.

    The first batch after a start may be one that was appended before the query could note it; and if its notes
    are lost, so may all be that follow, until one of them brings nothing known. There is one writer, as Delta
    on S3 asks for: two at a time could each append the same messages.
    """

    def __init__(self, lake_root: str) -> None:
        self._lake_root = lake_root
        self._may_repeat = True

    def append(self, batch: DataFrame, number: int) -> None:
        """Append what bronze does not have of a batch, as one version or, where that is nothing, none."""
        if not self._may_repeat:
            self._write(batch)
            return
        batch.persist()
        try:
            self._append_missing(batch, number)
        finally:
            batch.unpersist()

    def _append_missing(self, batch: DataFrame, number: int) -> None:
        bronze = read_table(batch.sparkSession, self._lake_root, LakeTable.BRONZE_PLAYS)
        first = first_offsets(batch)
        reached = find_reached(bronze, first)
        missing = leave_out(batch, reached)
        if not missing.isEmpty():
            self._write(missing)
        if reached:
            logger.warning("batch %d: bronze had messages up to these offsets already: %s", number, reached)
        self._may_repeat = bool(reached) or not first

    def _write(self, batch: DataFrame) -> None:
        # One file a region, hour and batch: small files are what makes a lake slow.
        rows = batch.repartition(*LakeTable.BRONZE_PLAYS.partition_columns)
        rows.write.format("delta").mode("append").save(LakeTable.BRONZE_PLAYS.path(self._lake_root))


def first_offsets(batch: DataFrame) -> Offsets:
    """Where a batch begins in each Kafka partition."""
    return dict(batch.groupBy("partition").agg(F.min("offset")).collect())


def find_reached(bronze: DataFrame, first: Offsets) -> Offsets:
    """Up to which offset bronze has each Kafka partition, where that is not before ``first``; no others are named.

    By their statistics all files stay shut that were written earlier.
    """
    later = [(F.col("partition") == partition) & (F.col("offset") >= offset) for partition, offset in first.items()]
    return dict(bronze.filter(_any_of(later)).groupBy("partition").agg(F.max("offset")).collect())


def leave_out(batch: DataFrame, reached: Offsets) -> DataFrame:
    """The rows of a batch that come after the offsets ``reached``."""
    known = [(F.col("partition") == partition) & (F.col("offset") <= offset) for partition, offset in reached.items()]
    return batch.filter(~_any_of(known))


def _any_of(conditions: list[Column]) -> Column:
    return reduce(or_, conditions, F.lit(False))
