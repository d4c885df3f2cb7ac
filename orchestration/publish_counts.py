"""Bring the counts in Postgres up to silver: what changed, and nothing else.

New plays are added to their windows. A slice that is marked without a batch, lies in a day long past or
received very much is counted again whole. A crash anywhere leaves the old counts and the marks, so the
next round does the same again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.add_counts import add_counts
from orchestration.batch_ends import read_finished
from orchestration.counting import RULES_VERSION, count_hours, count_listeners
from orchestration.known_listeners import DAYS_IN_MEMORY, KnownListeners
from orchestration.ledger import Slice
from orchestration.newest_batch import MOST_PLAYS_IN_MEMORY
from orchestration.shipping import run_statements, ship
from orchestration.slices import Batches, Mark, in_slices, newest_batch, read_batches, read_marks, ship_slices
from streaming.lake import LakeTable

_FILES = ("publish_counts.sql", "publish_sums.sql", "publish_windows.sql")
_REPLACE_COUNTS = [Path(__file__).with_name(name).read_text() for name in _FILES]


def publish_counts(
    spark: SparkSession, lake_root: str, connection: Connection[Any], known: KnownListeners | None = None
) -> list[Slice]:
    """Bring every marked slice's windows up to date; returns the slices.

    ``known`` is what this process knows of the last days' listeners; without it every slice is counted whole.
    """
    marks = read_marks(connection)
    batches = read_batches(connection, marks)
    days = _days_to_add(marks, batches) if known is not None else set()
    whole, more = ([mark for mark in marks if (mark.day in days) is is_more] for is_more in (False, True))
    if whole:
        tables, last_batch = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS), newest_batch(connection)
        plays, rejected = (read_finished(spark, lake_root, table, last_batch) for table in tables)
        count_whole(connection, [mark.slice for mark in whole], plays, rejected)
    if known is not None:
        known.forget({mark.day for mark in whole})
        if more:
            add_counts(spark, lake_root, connection, known, batches, more)
    return [mark.slice for mark in marks]


def _days_to_add(marks: list[Mark], batches: Batches) -> set[date]:
    """The newest days, those left out in which a slice has to be counted whole."""
    if batches.plays > MOST_PLAYS_IN_MEMORY:
        return set()
    whole = {mark.day for mark in marks if mark.first_batch is None}
    return set(sorted({mark.day for mark in marks} - whole)[-DAYS_IN_MEMORY:])


def count_whole(connection: Connection[Any], slices: list[Slice], plays: DataFrame, rejected: DataFrame) -> None:
    """Count slices again from all their plays, and replace what differs.

    ``plays`` and ``rejected`` are as silver holds them, of the whole days of these slices at least.
    """
    copies = rejected.filter("reason = 'duplicate'")
    days = F.col("date").isin(sorted({Mark(*one, None).day for one in slices}))
    hours = count_hours(plays.filter(in_slices(slices)), copies.filter(in_slices(slices)))
    with ThreadPoolExecutor() as together:
        counted = together.map(lambda rows: rows.toArrow(), (hours, count_listeners(plays.filter(days))))
    replace_counts(connection, slices, *counted)


def replace_counts(connection: Connection[Any], slices: list[Slice], hours: pa.Table, listeners: pa.Table) -> None:
    """Replace what differs in the counts of the slices and of the windows that sum them.

    ``hours`` and ``listeners`` are as :func:`~orchestration.counting.count_hours` and ``count_listeners`` say.
    """
    with connection.transaction():
        ship_slices(connection, slices)
        ship(connection, {"shipped_hours": hours, "shipped_listeners": listeners})
        for statements in _REPLACE_COUNTS:
            run_statements(connection, statements, {"rules_version": RULES_VERSION})
