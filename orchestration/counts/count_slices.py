"""Count changed slices whole from silver, and replace what differs in Postgres.

There is no other way to count. Slices of open windows stay marked until their windows settle.
A crash leaves the old counts and the marks, and the next run repeats the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from orchestration.counts.bulk_load import load_tables, run_statements
from orchestration.counts.rules import (
    RULES_VERSION,
    count_day_listeners,
    count_hour_listeners,
    count_hours,
    count_spellings,
)
from orchestration.counts.windows import Settling, read_settled
from orchestration.counts.withdrawn_keys import counted_plays, read_withdrawn
from orchestration.ledger.batch_ends import read_finished
from orchestration.ledger.changed_slices import in_hours, in_slices, load_slices, newest_batch, read_marks
from orchestration.ledger.enrichments import Slice
from streaming.lake import LakeTable

_FILES = ("replace_slices.sql", "sum_windows.sql", "replace_spellings.sql", "mark_windows.sql")
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

    `plays` and `rejected` are as silver holds them, of the whole days of these slices at least. Plays of withdrawn keys
    are left out.
    """
    plays = counted_plays(plays, read_withdrawn(connection))
    copies = rejected.filter("reason = 'duplicate'")
    days = _days_to_sum(slices, settling)
    of_days = F.col("date").isin(days)
    counted = (
        count_hours(plays.filter(in_slices(slices)), copies.filter(in_slices(slices))),
        count_spellings(plays.filter(of_days), copies.filter(of_days)),
        count_hour_listeners(plays.filter(in_hours(hour_start for _, hour_start in slices))),
        count_day_listeners(plays.filter(of_days)),
    )
    with ThreadPoolExecutor() as together:
        hours, spellings, *listeners = together.map(lambda frame: frame.toArrow(), counted)
    shipped = {
        "shipped_hours": hours,
        "shipped_listeners": pa.concat_tables(listeners, promote_options="default"),
        "shipped_spellings": spellings,
    }
    replace_counts(connection, slices, shipped, settling)


def _days_to_sum(slices: list[Slice], settling: Settling) -> list[date]:
    """Days that settle in this run, and settled days of which a slice changed."""
    start, end = settling.windows_of("day")
    changed = {hour_start.date() for _, hour_start in slices if hour_start.date() < end.date()}
    return sorted(changed | set(_days_between(start.date(), end.date())))


def _days_between(first: date, end: date) -> Iterator[date]:
    for number in range((end - first).days):
        yield first + timedelta(days=number)


def replace_counts(
    connection: Connection[Any], slices: list[Slice], shipped: Mapping[str, pa.Table], settling: Settling
) -> None:
    """Replace what differs in the counts of the slices and of what sums them, in one transaction.

    `shipped` has by name the temporary tables that the statements read, with the columns that
    :mod:`orchestration.counts.rules` gives them.
    """
    start, end = settling.windows_of("day")
    days = _days_to_sum(slices, settling)
    values = {"rules_version": RULES_VERSION, "days_from": start, "days_through": end, "spelled_days": days}
    with connection.transaction():
        load_slices(connection, slices)
        load_tables(connection, shipped)
        for statements in _REPLACE_COUNTS:
            run_statements(connection, statements, values)
