"""Which batch brought a message: the ledger's offsets tell it of every row, without Delta's history."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import LongType

from streaming.lake import LakeTable, read_table


@dataclass(frozen=True)
class BatchEnds:
    """The finished batches: by partition, where each that brought something ends, and its number."""

    last: int
    ends: dict[int, list[int]] = field(default_factory=dict)
    numbers: dict[int, list[int]] = field(default_factory=dict)

    def batch_of(self) -> Column:
        """The batch of a row by its ``partition`` and ``offset``; null where no finished batch brought it."""
        ends, numbers = self.ends, self.numbers

        def find(partition: int, offset: int) -> int | None:
            index = bisect_right(ends.get(partition, ()), offset)
            return numbers[partition][index] if index < len(ends.get(partition, ())) else None

        return F.udf(find, LongType(), useArrow=True)("partition", "offset")

    def are_finished(self) -> Column:
        """Whether a row of bronze lies before the offsets that silver covers."""
        reached = [(F.col("partition") == key) & (F.col("offset") < ends[-1]) for key, ends in self.ends.items()]
        return F.coalesce(*(F.when(is_reached, F.lit(True)) for is_reached in reached), F.lit(False))


def read_batch_ends(connection: Connection[Any]) -> BatchEnds:
    """The finished batches of the ledger."""
    rows = connection.execute(
        """
        select last_version, end_offsets from counts.enrichments
        where finished_at is not null and end_offsets is not null order by last_version
        """
    ).fetchall()
    batches = BatchEnds(last=rows[-1][0] if rows else -1)
    for number, offsets in rows:
        for partition, end in offsets.items():
            ends = batches.ends.setdefault(int(partition), [])
            if not ends or end > ends[-1]:
                ends.append(end)
                batches.numbers.setdefault(int(partition), []).append(number)
    return batches


def read_finished(spark: SparkSession, lake_root: str, table: LakeTable, last_batch: int) -> DataFrame:
    """A table of silver up to a batch; what a later one has brought so far is counted once it is whole."""
    return read_table(spark, lake_root, table).filter(F.col("batch") <= last_batch)
