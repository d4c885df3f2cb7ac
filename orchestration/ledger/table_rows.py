"""How many rows the lake's tables hold, from Delta's log: it costs the versions that are new, not the rows.

The log says of every file that a version added or removed how many rows it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from streaming.lake import LakeTable

_ACTIONS = "add struct<stats: string>, remove struct<stats: string>"
_MOST_VERSIONS = 500


@dataclass(frozen=True)
class TableRows:
    """How many rows a table held at a version."""

    version: int
    rows: int


NOTHING = TableRows(version=-1, rows=0)
"""A table before its first version."""


def newest_version(spark: SparkSession, path: str) -> int:
    """The newest version of a Delta table."""
    version: int = spark.sql(f"DESCRIBE HISTORY delta.`{path}` LIMIT 1").collect()[0]["version"]
    return version


def count_tables(
    spark: SparkSession, lake_root: str, known: Mapping[LakeTable, TableRows], bronze_version: int
) -> dict[LakeTable, TableRows]:
    """The rows of each table now, of bronze at one version; ``known`` is where counting goes on."""
    silver = [table for table in LakeTable if table is not LakeTable.BRONZE_PLAYS]
    with ThreadPoolExecutor() as together:
        newest = together.map(lambda table: newest_version(spark, table.path(lake_root)), silver)
        versions = {LakeTable.BRONZE_PLAYS: bronze_version} | dict(zip(silver, newest, strict=True))
    grown = _read_growth(spark, lake_root, known, versions)
    told = {table: known[table].rows + rows for table, rows in grown.items()}
    return {
        table: TableRows(version, told[table] if table in told else _count(spark, lake_root, table, version))
        for table, version in versions.items()
    }


def _read_growth(
    spark: SparkSession, lake_root: str, known: Mapping[LakeTable, TableRows], versions: Mapping[LakeTable, int]
) -> dict[LakeTable, int]:
    """By how many rows each table has grown since; a table is left out whose log does not tell."""
    since = {table: range(held.version + 1, versions[table] + 1) for table, held in known.items()}
    short = {table: new for table, new in since.items() if len(new) <= _MOST_VERSIONS}
    still = {table: 0 for table, new in short.items() if not new}
    commits = [_growth(spark, lake_root, table, new) for table, new in short.items() if new]
    if not commits:
        return still
    try:
        rows = reduce(DataFrame.union, commits).groupBy("table").agg(F.sum("grown"), F.sum("unknown")).collect()
    except AnalysisException:
        # A file of the log that is gone already, a day after it was written.
        return still
    return still | {LakeTable(table): grown for table, grown, unknown in rows if not unknown}


def _growth(spark: SparkSession, lake_root: str, table: LakeTable, versions: range) -> DataFrame:
    files = [f"{table.path(lake_root)}/_delta_log/{version:020}.json" for version in versions]
    added, removed = _rows_of("add"), _rows_of("remove")
    return (
        spark.read.schema(_ACTIONS)
        .json(files)
        .select(
            F.lit(table.value).alias("table"),
            (F.coalesce(added, F.lit(0)) - F.coalesce(removed, F.lit(0))).alias("grown"),
            (_is_untold("add", added) | _is_untold("remove", removed)).cast("int").alias("unknown"),
        )
    )


def _rows_of(action: str) -> Column:
    return F.get_json_object(f"{action}.stats", "$.numRecords").cast("bigint")


def _is_untold(action: str, rows: Column) -> Column:
    return F.col(action).isNotNull() & rows.isNull()


def _count(spark: SparkSession, lake_root: str, table: LakeTable, version: int) -> int:
    counted = spark.sql(f"SELECT count(*) AS rows FROM delta.`{table.path(lake_root)}` VERSION AS OF {version}")
    rows: int = counted.collect()[0]["rows"]
    return rows
