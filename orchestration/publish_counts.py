"""Ship the counts of changed hours from the lake to Postgres, in one transaction.

Only slices (a region and an hour) that enrichment marked are counted again. A crash anywhere leaves
the old counts and the marks, so the next round does the same again.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection
from psycopg.sql import SQL, Identifier
from pyarrow import csv
from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from orchestration.counting import HOUR_COLUMNS, LISTENER_COLUMNS, RULES_VERSION, count_hours, count_listeners
from orchestration.ledger import Slice
from streaming.lake import LakeTable, read_table

_REPLACE_COUNTS = Path(__file__).with_suffix(".sql").read_text()


def publish_counts(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> list[Slice]:
    """Count every marked slice again and replace its windows' counts; returns the slices."""
    slices = marked_slices(connection)
    if slices:
        plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS)
        rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS)
        copies = rejected.filter(F.col("reason") == "duplicate")
        hours = count_hours(plays.filter(_in_slices(slices)), copies.filter(_in_slices(slices)))
        listeners = count_listeners(plays.filter(_in_days(slices)))
        with ThreadPoolExecutor() as together:
            counted = together.map(lambda rows: rows.toArrow(), (hours, listeners))
        replace_counts(connection, slices, *counted)
    return slices


def marked_slices(connection: Connection[Any]) -> list[Slice]:
    """The slices whose plays changed since they were last counted."""
    return connection.execute("select distinct region, hour_start from counts.slices_to_count").fetchall()


def _in_slices(slices: Iterable[Slice]) -> Column:
    keys = [f"{region} {hour_start.date()} {hour_start.hour}" for region, hour_start in slices]
    return F.concat_ws(" ", "region", "date", "hour").isin(keys)


def _in_days(slices: Iterable[Slice]) -> Column:
    return F.col("date").isin(sorted({hour_start.date() for _, hour_start in slices}))


def replace_counts(connection: Connection[Any], slices: list[Slice], hours: pa.Table, listeners: pa.Table) -> None:
    """Put shipped counts in place of those of the slices' windows, which then wait for ranking; one transaction."""
    with connection.transaction():
        connection.execute("create temporary table changed_slices (region text, hour_start timestamptz) on commit drop")
        with connection.cursor().copy("copy changed_slices from stdin") as rows:
            for changed in slices:
                rows.write_row(changed)
        _ship(connection, "shipped_hours", HOUR_COLUMNS, hours)
        _ship(connection, "shipped_listeners", LISTENER_COLUMNS, listeners)
        connection.execute("analyze changed_slices, shipped_hours, shipped_listeners")
        for statement in _REPLACE_COUNTS.split(";\n"):
            if statement.strip():
                connection.execute(statement, {"rules_version": RULES_VERSION})


def _ship(connection: Connection[Any], name: str, columns: Iterable[str], rows: pa.Table) -> None:
    """Copy Arrow rows into a temporary table that has the columns of counts.song_counts."""
    listed = SQL(", ").join(map(Identifier, columns))
    made = SQL("create temporary table {} on commit drop as select {} from counts.song_counts limit 0")
    connection.execute(made.format(Identifier(name), listed))
    text = BytesIO()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    copy = SQL("copy {} ({}) from stdin (format csv)").format(Identifier(name), listed)
    with connection.cursor().copy(copy) as target:
        target.write(text.getbuffer())
