"""Which hours of the lake to compact, and when; the ledger knows which were appended to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from pyspark.sql import SparkSession

from orchestration.ledger.enrichments import Hour
from orchestration.ledger.table_rows import newest_version
from streaming.lake import LakeTable
from streaming.maintenance import compact_hours, remove_replaced_files

COMPACTION_LOCK = 7_076_674
"""The advisory lock of a compaction."""
BUSY_APPENDS = 10
"""A running hour is compacted after so many appends: more files slow every run down."""
SMALL_FILE_BYTES = 2_000_000
"""Smaller files of a running hour are made one; larger ones are left alone until the hour is over."""
_LARGEST_SMALL_FILE = "spark.databricks.delta.optimize.minFileSize"
_REGIONS_AT_ONCE = "spark.databricks.delta.optimize.maxThreads"
_FILES_ARE_KEPT = timedelta(minutes=50)
"""A little less than what the tables' delta.deletedFileRetentionDuration says."""


def compact_closed_hours(spark: SparkSession, lake_root: str, connection: Connection[Any], now: datetime) -> int:
    """Compact every hour that is over and was appended to; returns how many files that saved."""
    this_hour = now.astimezone(UTC)
    past = "(date, hour) < (%s::date, %s::integer)"
    return _compact(spark, lake_root, connection, past, (this_hour.date(), this_hour.hour))


def compact_busy_hours(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> int:
    """Compact the hours that runs keep appending to; return how many files that saved.

    Only small files are touched, so it costs what was appended, and one region after the other, so that the bronze
    query need not wait for a core. ``spark`` must be a session that compacts nothing else.
    """
    spark.conf.set(_LARGEST_SMALL_FILE, SMALL_FILE_BYTES)
    spark.conf.set(_REGIONS_AT_ONCE, 1)
    return _compact(spark, lake_root, connection, "appends >= %s", (BUSY_APPENDS,))


def _compact(
    spark: SparkSession, lake_root: str, connection: Connection[Any], which: str, values: tuple[Any, ...]
) -> int:
    query = "select date, hour, appends from counts.hours_to_compact where " + which
    with connection.transaction():
        if not _may_compact(connection):
            return 0
        chosen = connection.execute(query.encode(), values).fetchall()
        hours: list[Hour] = [(day, hour) for day, hour, _ in chosen]
        saved = compact_hours(spark, lake_root, hours) if hours else 0
        _strike_off(connection, chosen)
    return saved


def _may_compact(connection: Connection[Any]) -> bool:
    """Two compactions of the same files would be in each other's way: who comes second leaves it."""
    row = connection.execute("select pg_try_advisory_xact_lock(%s)", (COMPACTION_LOCK,)).fetchone()
    return bool(row and row[0])


def _strike_off(connection: Connection[Any], compacted: list[Any]) -> None:
    """What was appended since stays on the list."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "update counts.hours_to_compact set appends = appends - %s where date = %s and hour = %s",
            [(appends, day, hour) for day, hour, appends in compacted],
        )
        cursor.execute("delete from counts.hours_to_compact where appends <= 0")


def remove_old_files(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> list[LakeTable]:
    """Delete replaced files of every table that nobody reads any more; returns the tables.

    Bronze is left out while enrichment lags: it still has to read the files of the versions it has not taken.
    """
    may_go: list[LakeTable] = [table for table in LakeTable if table is not LakeTable.BRONZE_PLAYS]
    if _is_bronze_read(spark, lake_root, connection):
        may_go.append(LakeTable.BRONZE_PLAYS)
    erased = _unconfirmed_erasures(connection)
    for table in may_go:
        remove_replaced_files(spark, table, lake_root, also_unknown=bool(erased))
    if erased and LakeTable.BRONZE_PLAYS in may_go:
        connection.execute("update erasure.requests set files_gone_at = now() where id = any(%s)", (erased,))
    return may_go


def _unconfirmed_erasures(connection: Connection[Any]) -> list[UUID]:
    """Erasures whose former files are old enough to go."""
    rows = connection.execute(
        "select id from erasure.requests where files_gone_at is null and erased_at < now() - interval '1 hour'"
    ).fetchall()
    return [identity for (identity,) in rows]


def _is_bronze_read(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> bool:
    """Whether every version is read, or was written after a range that was fixed not long ago."""
    row = connection.execute(
        """
        select last_version, begun_at from counts.enrichments
        where finished_at is not null order by last_version desc limit 1
        """
    ).fetchone()
    if row is None:
        return False
    last_version, begun_at = row
    if datetime.now(UTC) - begun_at < _FILES_ARE_KEPT:
        return True
    return newest_version(spark, LakeTable.BRONZE_PLAYS.path(lake_root)) <= int(last_version)
