"""The slices (a region and an hour) whose plays changed and that wait to be counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection
from pyspark.sql import Column
from pyspark.sql import functions as F

from orchestration.ledger import Slice


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
    """A condition on region, date and hour; the one on the hours alone keeps all other files shut."""
    instants = [(region, hour_start.astimezone(UTC)) for region, hour_start in slices]
    keys = [f"{region} {instant.date()} {instant.hour}" for region, instant in instants]
    return in_hours(instant for _, instant in instants) & F.concat_ws(" ", "region", "date", "hour").isin(keys)


def in_hours(hours: Iterable[datetime]) -> Column:
    """Return a condition on the partitions of the lake: the hours of every region."""
    keys = sorted({f"{hour:%Y-%m-%d} {hour.hour}" for hour in hours})
    return F.concat_ws(" ", "date", "hour").isin(keys)


def ship_slices(connection: Connection[Any], slices: Iterable[Slice]) -> None:
    """Name the slices in the temporary table changed_slices."""
    connection.execute("create temporary table changed_slices (region text, hour_start timestamptz) on commit drop")
    with connection.cursor().copy("copy changed_slices from stdin") as rows:
        for changed in slices:
            rows.write_row(changed)
    connection.execute("analyze changed_slices")
