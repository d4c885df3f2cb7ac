"""Keep the lake small: few files an hour, and none that nobody needs. Run through the lake driver only.

Both are safe beside the bronze query and beside rounds: compaction moves rows and changes none, and a
file goes only an hour after it was replaced, which is longer than anybody reads one version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from streaming.bronze import INVALID_REGION, parse_plays
from streaming.lake import LakeTable, table_schema

__all__ = [
    "ERASED",
    "INVALID_REGION",
    "compact_hours",
    "is_no_tombstone",
    "parse_again",
    "remove_replaced_files",
    "tombstone_changes",
]

ERASED = "erased"
"""The problem of a tombstone: a row of bronze whose listener was erased."""
_MESSAGE = ("value", "topic", "partition", "offset", "timestamp")
_KEPT_BY_TOMBSTONES = ("topic", "partition", "offset", "region", "date", "hour")
_HOURS_AT_ONCE = 500
_CANNOT_BE_LITE = "DELTA_CANNOT_VACUUM_LITE"


def compact_hours(spark: SparkSession, lake_root: str, hours: Iterable[tuple[date, int]]) -> int:
    """Make the files of these UTC hours one per partition, in every table; returns how many files that saved."""
    keys = [f"'{day} {hour}'" for day, hour in sorted(hours)]
    portions = [keys[start : start + _HOURS_AT_ONCE] for start in range(0, len(keys), _HOURS_AT_ONCE)]
    return sum(_compact(spark, table.path(lake_root), portion) for portion in portions for table in LakeTable)


def _compact(spark: SparkSession, path: str, keys: list[str]) -> int:
    within = f"concat_ws(' ', date, hour) IN ({', '.join(keys)})"
    (outcome,) = spark.sql(f"OPTIMIZE delta.`{path}` WHERE {within}").collect()
    saved: int = outcome["metrics"]["numFilesRemoved"] - outcome["metrics"]["numFilesAdded"]
    return saved


def remove_replaced_files(spark: SparkSession, table: LakeTable, lake_root: str, *, also_unknown: bool = False) -> None:
    """Delete the files that no version of the last hour needs.

    The table's log tells which; only where it no longer reaches back far enough is the folder listed, or
    to find files that no version ever had (``also_unknown``), as a writer leaves them that was killed.
    """
    vacuum = f"VACUUM delta.`{table.path(lake_root)}`"
    if also_unknown:
        spark.sql(vacuum).collect()
        return
    try:
        spark.sql(f"{vacuum} LITE").collect()
    except PySparkException as failure:
        if failure.getCondition() != _CANNOT_BE_LITE:
            raise
        spark.sql(vacuum).collect()


def is_no_tombstone() -> Column:
    """Whether a row of bronze still holds what Kafka brought."""
    return ~F.col("problem").eqNullSafe(ERASED)


def parse_again(bronze: DataFrame) -> DataFrame:
    """Bronze rows as the current code makes them from their bytes; none may be a tombstone."""
    return parse_plays(bronze.select(*_MESSAGE))


def tombstone_changes() -> str:
    """The SET of a MERGE that leaves of a bronze row nothing but where it came from and where it lies."""
    gone = [field.name for field in table_schema(LakeTable.BRONZE_PLAYS) if field.name not in _KEPT_BY_TOMBSTONES]
    return ", ".join(f"`{name}` = " + (f"'{ERASED}'" if name == "problem" else "NULL") for name in gone)
