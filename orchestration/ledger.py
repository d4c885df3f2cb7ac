"""The ledger of enrichment in Postgres: which bronze versions are in silver, and what they brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

Offsets = dict[str, int]
"""The first offset not yet taken, by partition."""
Slice = tuple[str, datetime]
"""A region and the start of an hour in UTC."""
Hour = tuple[date, int]
"""A UTC date and an hour of it, as the lake is partitioned."""


@dataclass(frozen=True)
class VersionRange:
    """Bronze versions from ``first_version`` to ``last_version``, both included."""

    first_version: int
    last_version: int


@dataclass(frozen=True)
class Tally:
    """What became of a range's bronze rows."""

    plays: int
    duplicates: int
    malformed: int

    @property
    def rejected(self) -> int:
        """The rows that did not become plays."""
        return self.duplicates + self.malformed

    @property
    def received(self) -> int:
        """Conservation: every row is a play or was rejected."""
        return self.plays + self.rejected


def begin_range(connection: Connection[Any], newest_version: int) -> VersionRange | None:
    """The range to enrich now: the one that was begun and not finished, else all that is new.

    The range is fixed in the ledger before any work, so whoever comes next repeats just that one.
    """
    with connection.transaction(), connection.cursor(row_factory=class_row(VersionRange)) as cursor:
        columns = "select first_version, last_version from counts.enrichments"
        begun = cursor.execute(f"{columns} where finished_at is null").fetchone()
        last = connection.execute("select max(last_version) from counts.enrichments").fetchone()
        fresh = VersionRange(_after(last), newest_version)
        if begun or fresh.first_version > fresh.last_version:
            return begun
        cursor.execute(
            "insert into counts.enrichments (first_version, last_version) values (%s, %s)",
            (fresh.first_version, fresh.last_version),
        )
        return fresh


def _after(last: tuple[int | None] | None) -> int:
    return 0 if last is None or last[0] is None else last[0] + 1


def finish_range(
    connection: Connection[Any],
    versions: VersionRange,
    tally: Tally,
    offsets: Mapping[str, int],
    changed: Iterable[Slice],
    hours: Iterable[Hour],
) -> None:
    """Close a range; hand its changed slices to counting and its hours to compaction, in one transaction."""
    with connection.transaction(), connection.cursor() as cursor:
        marks = [(*changed_slice, versions.last_version) for changed_slice in changed]
        cursor.executemany(
            """
            insert into counts.slices_to_count (region, hour_start, first_batch) values (%s, %s, %s)
            on conflict do nothing
            """,
            marks,
        )
        cursor.executemany(
            """
            insert into counts.hours_to_compact values (%s, %s, 1)
            on conflict (date, hour) do update set appends = hours_to_compact.appends + 1
            """,
            list(hours),
        )
        cursor.execute(
            """
            update counts.enrichments
            set finished_at = now(), received = %s, plays = %s, duplicates = %s, malformed = %s,
                end_offsets = %s
            where last_version = %s
            """,
            (
                tally.received,
                tally.plays,
                tally.duplicates,
                tally.malformed,
                Jsonb(enriched_offsets(connection) | dict(offsets)),
                versions.last_version,
            ),
        )


def enriched_offsets(connection: Connection[Any]) -> Offsets:
    """The offsets before which every Kafka message is in silver."""
    row = connection.execute(
        """
        select end_offsets from counts.enrichments
        where finished_at is not null order by last_version desc limit 1
        """
    ).fetchone()
    return row[0] if row else {}


def accepted_losses(connection: Connection[Any], covered: Mapping[str, int]) -> Offsets:
    """How many missing messages of each partition were accepted as lost, beyond the covered offsets."""
    rows = connection.execute(
        """
        select partition, sum(end_offset - first_offset)::bigint from counts.accepted_losses
        where first_offset >= coalesce((%s::jsonb ->> partition)::bigint, 0) group by partition
        """,
        (Jsonb(dict(covered)),),
    )
    return dict(rows.fetchall())
