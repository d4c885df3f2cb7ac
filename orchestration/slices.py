"""The slices (a region and an hour) that wait to be counted, and the batches that put them on the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from pyspark.sql import Column
from pyspark.sql import functions as F

from orchestration.ledger import Slice

_MARKS = """
    select region, hour_start, case when count(*) = count(first_batch) then min(first_batch) end as first_batch
    from counts.slices_to_count group by region, hour_start
"""


@dataclass(frozen=True)
class Mark:
    """A slice whose plays changed.

    ``first_batch`` is the first batch that it is not counted with; None when it is to be counted whole.
    """

    region: str
    hour_start: datetime
    first_batch: int | None

    @property
    def slice(self) -> Slice:
        """The slice without its mark."""
        return self.region, self.hour_start

    @property
    def day(self) -> date:
        """The UTC date of the hour."""
        return self.hour_start.astimezone(UTC).date()


@dataclass(frozen=True)
class Batches:
    """The batches from ``first`` to ``last``, and what the ledger says they brought."""

    first: int
    last: int
    plays: int
    duplicates: int


def read_marks(connection: Connection[Any]) -> list[Mark]:
    """The slices whose plays changed since they were last counted."""
    with connection.cursor(row_factory=class_row(Mark)) as cursor:
        return cursor.execute(_MARKS).fetchall()


def read_batches(connection: Connection[Any], marks: list[Mark]) -> Batches:
    """All finished batches from the first that marked one of these slices."""
    first = min((mark.first_batch for mark in marks if mark.first_batch is not None), default=0)
    row = connection.execute(
        """
        select coalesce(max(last_version), -1), coalesce(sum(plays), 0)::bigint, coalesce(sum(duplicates), 0)::bigint
        from counts.enrichments where last_version >= %s and finished_at is not null
        """,
        (first,),
    ).fetchone()
    return Batches(first, *row) if row else Batches(first, -1, 0, 0)


def newest_batch(connection: Connection[Any]) -> int:
    """The last batch that is in silver whole; of a later one silver may hold a part."""
    query = "select coalesce(max(last_version), -1) from counts.enrichments where finished_at is not null"
    ((newest,),) = connection.execute(query).fetchall()
    return int(newest)


@dataclass(frozen=True)
class Skipped:
    """How many batches somebody else counted, what they brought, and how many earlier plays they made duplicates."""

    batches: int
    plays: int
    superseded: int


def read_skipped(connection: Connection[Any], counted_through: int, batches: Batches) -> Skipped:
    """What lies between the last batch counted and these."""
    between = {"after": counted_through, "before": batches.first}
    row = connection.execute(
        """
        select
            count(*),
            coalesce(sum(plays), 0)::bigint,
            (select count(*) from counts.superseded_plays where batch > %(after)s and batch < %(before)s)
        from counts.enrichments where last_version > %(after)s and last_version < %(before)s
        """,
        between,
    ).fetchone()
    return Skipped(*row) if row else Skipped(0, 0, 0)


def in_slices(slices: Iterable[Slice]) -> Column:
    """A condition on the partitions of the lake."""
    instants = ((region, hour_start.astimezone(UTC)) for region, hour_start in slices)
    keys = [f"{region} {instant.date()} {instant.hour}" for region, instant in instants]
    return F.concat_ws(" ", "region", "date", "hour").isin(keys)


def ship_slices(connection: Connection[Any], slices: Iterable[Slice]) -> None:
    """Name the slices in the temporary table changed_slices."""
    connection.execute("create temporary table changed_slices (region text, hour_start timestamptz) on commit drop")
    with connection.cursor().copy("copy changed_slices from stdin") as rows:
        for changed in slices:
            rows.write_row(changed)
    connection.execute("analyze changed_slices")
