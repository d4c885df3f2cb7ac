"""Keep the lake small: few files an hour, and none that nobody needs. Run through the lake driver only.

Both are safe beside the bronze query and beside rounds: compaction moves rows and changes none, and a
file goes only an hour after it was replaced, which is longer than anybody reads one version.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from streaming.lake import LakeTable

_HOURS_AT_ONCE = 500
_CANNOT_BE_LITE = "DELTA_CANNOT_VACUUM_LITE"


def compact_hours(spark: SparkSession, lake_root: str, hours: Iterable[tuple[date, int]]) -> int:
    """Make the files of these UTC hours one per region, in every table; returns how many files that saved."""
    keys = [f"'{day} {hour}'" for day, hour in sorted(hours)]
    portions = [keys[start : start + _HOURS_AT_ONCE] for start in range(0, len(keys), _HOURS_AT_ONCE)]
    return sum(_compact(spark, table.path(lake_root), portion) for portion in portions for table in LakeTable)


def _compact(spark: SparkSession, path: str, keys: list[str]) -> int:
    within = f"concat_ws(' ', date, hour) IN ({', '.join(keys)})"
    (outcome,) = spark.sql(f"OPTIMIZE delta.`{path}` WHERE {within}").collect()
    saved: int = outcome["metrics"]["numFilesRemoved"] - outcome["metrics"]["numFilesAdded"]
    return saved


def remove_replaced_files(spark: SparkSession, table: LakeTable, lake_root: str) -> None:
    """Delete the files that no version of the last hour needs.

    The table's log tells which; only where it no longer reaches back far enough is the folder listed.
    """
    vacuum = f"VACUUM delta.`{table.path(lake_root)}`"
    try:
        spark.sql(f"{vacuum} LITE").collect()
    except PySparkException as failure:
        if failure.getCondition() != _CANNOT_BE_LITE:
            raise
        spark.sql(vacuum).collect()
