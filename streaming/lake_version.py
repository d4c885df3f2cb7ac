"""Refuse a lake that another version of the code created, before any table is read or written."""

from __future__ import annotations

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from streaming.lake import LAKE_VERSION, LakeTable

_NO_TABLE = {"DELTA_MISSING_DELTA_TABLE", "DELTA_PATH_DOES_NOT_EXIST", "DELTA_TABLE_NOT_FOUND"}


class OtherLakeVersionError(RuntimeError):
    """A table of the lake has the columns and rules of another version."""


def refuse_other_version(spark: SparkSession, lake_root: str) -> None:
    """Check the version of every existing table.

    Raises:
        OtherLakeVersionError: with the version found and what to do.
    """
    name, wanted = LAKE_VERSION
    for table in LakeTable:
        found = _read_property(spark, table.path(lake_root), name)
        if found not in (None, wanted):
            raise OtherLakeVersionError(
                f"{table.path(lake_root)} has lake version {found}, this code needs version {wanted}. "
                "Start with empty data (`make clean`), or run the release that created it."
            )


def _read_property(spark: SparkSession, path: str, name: str) -> str | None:
    """Return a property of a table, ``1`` if it is not set (version 1 set none), or None if there is no table."""
    try:
        (detail,) = spark.sql(f"DESCRIBE DETAIL delta.`{path}`").collect()
    except AnalysisException as failure:
        if failure.getCondition() not in _NO_TABLE:
            raise
        return None
    stored: str = detail["properties"].get(name, "1")
    return stored
