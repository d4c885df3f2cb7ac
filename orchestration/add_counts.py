"""Add the plays of new batches to the counts, without counting again what was counted before.

What each play adds follows from the listeners of its day (:mod:`orchestration.known_listeners`). Everything is added in
the transaction that takes the slices off the list, so a play is added once; where it fails, the listeners
are forgotten and read anew.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection
from pyarrow import compute
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.counting import RULES_VERSION, count_by_listener, count_copies
from orchestration.known_listeners import KnownListeners
from orchestration.listeners import DayListeners
from orchestration.shipping import run_statements, ship
from orchestration.slices import Batches, Mark, in_slices, ship_slices
from streaming.lake import LakeTable, read_table
from streaming.rules import CAP

_ADD_COUNTS = Path(__file__).with_suffix(".sql").read_text()


def add_counts(
    spark: SparkSession,
    lake_root: str,
    connection: Connection[Any],
    known: KnownListeners,
    batches: Batches,
    marks: list[Mark],
) -> None:
    """Add what the batches brought to the marked slices, all of the newest days."""
    try:
        known.catch_up(spark, lake_root, connection, batches)
        known.learn(spark, lake_root, sorted({mark.day for mark in marks}), batches.first)
        plays, copies = _read_batches(spark, lake_root, known, batches, marks)
        add_rows(connection, known, marks, plays, copies)
    except BaseException:
        known.forget()
        raise
    known.counted_through = batches.last


def add_rows(
    connection: Connection[Any], known: KnownListeners, marks: list[Mark], plays: pa.Table, copies: pa.Table
) -> None:
    """Add rows of :func:`~orchestration.counting.count_by_listener` and ``count_copies``; strikes off the marks.

    The days of the plays are known; whoever calls this forgets them where it fails.
    """
    days = sorted({mark.day for mark in marks})
    rows = [_say_what_is_added(plays.filter(compute.equal(plays["date"], day)), known.days[day]) for day in days]
    with connection.transaction():
        ship_slices(connection, [mark.slice for mark in marks])
        ship(connection, {"new_plays": pa.concat_tables(rows), "new_copies": copies})
        run_statements(connection, _ADD_COUNTS, {"rules_version": RULES_VERSION})


def _read_batches(
    spark: SparkSession, lake_root: str, known: KnownListeners, batches: Batches, marks: list[Mark]
) -> tuple[pa.Table, pa.Table]:
    plays = known.newest_batch.read(batches, {mark.day for mark in marks})
    if plays is not None:
        return plays, no_copies(plays)
    new = F.col("batch").between(batches.first, batches.last) & in_slices([mark.slice for mark in marks])
    counted = count_by_listener(read_table(spark, lake_root, LakeTable.SILVER_PLAYS).filter(new))
    if not batches.duplicates:
        plays = counted.toArrow()
        return plays, no_copies(plays)
    rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).filter(new)
    copies = count_copies(rejected.filter("reason = 'duplicate'"))
    with ThreadPoolExecutor() as together:
        plays, copied = together.map(lambda rows: rows.toArrow(), (counted, copies))
    return plays, copied


def no_copies(plays: pa.Table) -> pa.Table:
    """What ``count_copies`` gives of nothing, beside rows of ``count_by_listener``."""
    columns = ["region", "window_start", "song_id", "received", "title", "artist", "named_at", "named_by"]
    renamed = ["duplicates" if name == "received" else name for name in columns]
    return plays.slice(0, 0).select(columns).rename_columns(renamed)


def _say_what_is_added(rows: pa.Table, listeners: DayListeners) -> pa.Table:
    for name, values in vars(listeners.add(rows, CAP)).items():
        rows = rows.append_column(name, pa.array(values))
    return rows.drop_columns(["user_id", "date", "hour"])
