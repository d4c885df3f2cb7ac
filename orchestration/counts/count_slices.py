"""Count changed slices whole from silver, and replace what differs in Postgres.

There is no other way to count. Slices of open windows stay marked until their windows settle.
A crash leaves the old counts and the marks, and the next run repeats the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.batch_ends import read_finished
from orchestration.counting import RULES_VERSION, count_day_listeners, count_hour_listeners, count_hours
from orchestration.counts.windows import Settling, read_settled
from orchestration.ledger import Slice
from orchestration.shipping import run_statements, ship
from orchestration.slices import in_hours, in_slices, newest_batch, read_marks, ship_slices
from streaming.lake import LakeTable

_FILES = ("replace_slices.sql", "sum_windows.sql", "mark_windows.sql")
_REPLACE_COUNTS = [Path(__file__).with_name(name).read_text() for name in _FILES]


def count_slices(
    spark: SparkSession, lake_root: str, connection: Connection[Any], settling: Settling | None = None
) -> list[Slice]:
    """Count every changed slice of settled windows and of those that settle now; return the slices.

    Without `settling` only windows that are settled already are counted.
    """
    if settling is None:
        settled = read_settled(connection)
        settling = Settling(settled, settled)
    slices = [changed for changed in read_marks(connection) if changed[1] < settling.end.hour]
    if not slices and settling.is_idle:
        return []
    tables, last_batch = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS), newest_batch(connection)
    plays, rejected = (read_finished(spark, lake_root, table, last_batch) for table in tables)
    count_whole(connection, slices, plays, rejected, settling)
    return slices


def count_whole(
    connection: Connection[Any], slices: list[Slice], plays: DataFrame, rejected: DataFrame, settling: Settling
) -> None:
    """Count slices from all their plays and the days that they change, and replace what differs.

    `plays` and `rejected` are as silver holds them, of the whole days of these slices at least.
    """
    copies = rejected.filter("reason = 'duplicate'")
    days = _days_to_sum(slices, settling)
    counted = (
        count_hours(plays.filter(in_slices(slices)), copies.filter(in_slices(slices))),
        count_hour_listeners(plays.filter(in_hours(hour_start for _, hour_start in slices))),
        count_day_listeners(plays.filter(F.col("date").isin(days))),
    )
    with ThreadPoolExecutor() as together:
        rows, *listeners = together.map(lambda frame: frame.toArrow(), counted)
    replace_counts(connection, slices, rows, pa.concat_tables(listeners, promote_options="default"), settling)


def _days_to_sum(slices: list[Slice], settling: Settling) -> list[date]:
    """Days that settle in this run, and settled days of which a slice changed."""
    start, end = settling.windows_of("day")
    changed = {hour_start.date() for _, hour_start in slices if hour_start.date() < end.date()}
    return sorted(changed | set(_days_between(start.date(), end.date())))


def _days_between(first: date, end: date) -> Iterator[date]:
    for number in range((end - first).days):
        yield first + timedelta(days=number)


def replace_counts(
    connection: Connection[Any], slices: list[Slice], hours: pa.Table, listeners: pa.Table, settling: Settling
) -> None:
    """Replace what differs in the counts of the slices and of the windows that sum them, in one transaction.

    `hours` has the columns of :func:`~orchestration.counting.count_hours`, `listeners` those of `count_day_listeners`.
    """
    start, end = settling.windows_of("day")
    values = {"rules_version": RULES_VERSION, "days_from": start, "days_through": end}
    with connection.transaction():
        ship_slices(connection, slices)
        ship(connection, {"shipped_hours": hours, "shipped_listeners": listeners})
        for statements in _REPLACE_COUNTS:
            run_statements(connection, statements, values)
