"""Compares silver as it is with silver as it was made again, row by row, as functions of DataFrames.

Equal is the rule, so first one pass over fingerprints says which table differs anywhere; only there are rows
held against each other value by value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from pyspark.sql import Column, DataFrame, Row, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from orchestration.ledger.enrichments import Slice
from orchestration.silver.row_changes import slice_of
from streaming.lake import SLICE_COLUMNS, LakeTable, table_schema

_MESSAGE = ("partition", "offset")


@dataclass(frozen=True)
class SliceDifference:
    """Rows of a slice that live silver lacks, has too many, or has with other values."""

    table: LakeTable
    slice: Slice
    lacking: int
    surplus: int
    different: int


def find_differences(live: Mapping[LakeTable, DataFrame], made: Mapping[LakeTable, DataFrame]) -> list[SliceDifference]:
    """The slices in which a live table is not what was made again; both name the same tables."""
    return [
        _difference(table, row)
        for table in _tables_that_differ(live, made)
        for row in _count_differences(table, live[table], made[table]).collect()
    ]


def _tables_that_differ(live: Mapping[LakeTable, DataFrame], made: Mapping[LakeTable, DataFrame]) -> list[LakeTable]:
    rows = [_fingerprint(side[table], table, sign) for side, sign in ((live, 1), (made, -1)) for table in live]
    messages = reduce(DataFrame.unionByName, rows).groupBy("table", *_MESSAGE).agg(F.sum("fingerprint").alias("rest"))
    return sorted(LakeTable(row["table"]) for row in messages.filter("rest != 0").select("table").distinct().collect())


def _fingerprint(rows: DataFrame, table: LakeTable, sign: int) -> DataFrame:
    """Each row as a number of 48 bits, so that no sum of them overflows; equal rows of two sides make 0."""
    schema = table_schema(table)
    # A hash passes over nulls: where they are belongs to the row too.
    whole = F.xxhash64(*schema.names, *(F.isnull(path) for path in _paths(schema)))
    return rows.select(
        F.lit(table.value).alias("table"), *_MESSAGE, (F.shiftright(whole, 16) * sign).alias("fingerprint")
    )


def _paths(schema: StructType, within: str = "") -> Iterator[str]:
    """Every column and every member of one, such as ``client.name``."""
    for field in schema.fields:
        yield f"{within}{field.name}"
        if isinstance(field.dataType, StructType):
            yield from _paths(field.dataType, f"{within}{field.name}.")


def _count_differences(table: LakeTable, live: DataFrame, made: DataFrame) -> DataFrame:
    """One row a slice that differs."""
    joined = _keyed(live, table, "live").join(_keyed(made, table, "made"), on=[*_MESSAGE, "copy"], how="full")
    different = joined.filter(~F.col("live").eqNullSafe(F.col("made")))
    # A row that moved makes two slices differ.
    slices = F.explode(F.array_distinct(F.array_compact(F.array(_place_of("live"), _place_of("made")))))
    rows = different.select(slices.alias("place"), "live", "made").select("place.*", "live", "made")
    counts = [
        F.count_if(F.col("live").isNull()).alias("lacking"),
        F.count_if(F.col("made").isNull()).alias("surplus"),
        F.count_if(F.col("live").isNotNull() & F.col("made").isNotNull()).alias("different"),
    ]
    return rows.groupBy(*SLICE_COLUMNS).agg(*counts)


def _keyed(rows: DataFrame, table: LakeTable, name: str) -> DataFrame:
    """Each row as one value beside its message; a message that is there twice has a second copy."""
    copy = F.row_number().over(Window.partitionBy(*_MESSAGE).orderBy("batch", *SLICE_COLUMNS))
    return rows.select(*_MESSAGE, copy.alias("copy"), F.struct(*table_schema(table).names).alias(name))


def _place_of(side: str) -> Column:
    place = F.struct(*(F.col(f"{side}.{name}").alias(name) for name in SLICE_COLUMNS))
    return F.when(F.col(side).isNotNull(), place)


def _difference(table: LakeTable, row: Row) -> SliceDifference:
    return SliceDifference(table, slice_of(row["region"], row), row["lacking"], row["surplus"], row["different"])
