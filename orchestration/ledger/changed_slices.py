"""The slices (a region and an hour) whose plays changed and that wait to be counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection
from pyspark.sql import Column
from pyspark.sql import functions as F

from orchestration.ledger.enrichments import Slice


def read_marks(connection: Connection[Any]) -> list[Slice]:
    """Return the slices whose plays changed since they were last counted, in order; times in UTC."""
    rows = connection.execute("select distinct region, hour_start from counts.slices_to_count order by 1, 2").fetchall()
    return [(region, hour_start.astimezone(UTC)) for region, hour_start in rows]


def newest_batch(connection: Connection[Any]) -> int:
    """The last batch that is in silver whole; of a later one silver may hold a part."""
    query = "select coalesce(max(last_version), -1) from counts.enrichments where finished_at is not null"
    ((newest,),) = connection.execute(query).fetchall()
    return int(newest)


def in_slices(slices: Iterable[Slice]) -> Column:
    """Return a condition on region, date and hour; see :func:`slices_in_sql`."""
    within = list(slices)
    return in_hours(start for _, start in within) & F.concat_ws(" ", "region", "date", "hour").isin(_slice_keys(within))


def in_hours(hours: Iterable[datetime]) -> Column:
    """Return a condition on the partitions of the lake: the hours of every region."""
    return F.concat_ws(" ", "date", "hour").isin(_hour_keys(hours))


def slices_in_sql(slices: Iterable[Slice], table: str = "") -> str:
    """Return :func:`in_slices` as SQL, with columns of `table` where it is given.

    The hours are a condition by themselves: with the region in it, Delta could not choose the files of silver, which is
    not partitioned by region.
    """
    within, of = list(slices), f"{table}." if table else ""
    hours = ", ".join(map(repr, _hour_keys(start for _, start in within)))
    keys = ", ".join(map(repr, _slice_keys(within)))
    return (
        f"concat_ws(' ', {of}date, {of}hour) IN ({hours}) AND "
        f"concat_ws(' ', {of}region, {of}date, {of}hour) IN ({keys})"
    )


def _hour_keys(hours: Iterable[datetime]) -> list[str]:
    return sorted({_hour_key(hour) for hour in hours})


def _slice_keys(slices: Iterable[Slice]) -> list[str]:
    return sorted({f"{region} {_hour_key(hour_start)}" for region, hour_start in slices})


def _hour_key(hour: datetime) -> str:
    utc = hour.astimezone(UTC)
    return f"{utc:%Y-%m-%d} {utc.hour}"


def load_slices(connection: Connection[Any], slices: Iterable[Slice]) -> None:
    """Name the slices in the temporary table changed_slices."""
    connection.execute("create temporary table changed_slices (region text, hour_start timestamptz) on commit drop")
    with connection.cursor().copy("copy changed_slices from stdin") as rows:
        for changed in slices:
            rows.write_row(changed)
    connection.execute("analyze changed_slices")
