"""The ledger of enrichment in Postgres: which bronze versions are in silver, and what they brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from orchestration.ledger.table_rows import NOTHING, TableRows
from streaming.lake import LakeTable

Offsets = dict[str, int]
"""The first offset not yet taken, by partition."""
Slice = tuple[str, datetime]
"""A region and the start of an hour in UTC."""
Hour = tuple[date, int]
"""A UTC date and an hour of it, as the lake is partitioned."""


LATE_PLAYS = "late_plays"
"""The cause of whatever a batch changes; `counts.cause` lists the causes."""


@dataclass(frozen=True)
class StoredPlay:
    """A play in silver: its slice, its message, and the batch that brought it."""

    slice: Slice
    partition: int
    offset: int
    batch: int


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

    The range is fixed in the ledger before any work, so the next run repeats just that one.
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
    superseded: Iterable[Slice],
    tables: Mapping[LakeTable, TableRows],
) -> None:
    """Close a range; hand its changed slices to counting and its hours to compaction, in one transaction.

    In slices of ``superseded`` plays became duplicates; ``tables`` is what each table of the lake was found to hold.
    """
    with connection.transaction(), connection.cursor() as cursor:
        mark_slices(connection, {*changed, *superseded})
        write_tables(connection, tables)
        _move_superseded(connection, versions.last_version)
        mark_hours(connection, hours)
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


def mark_slices(connection: Connection[Any], slices: Iterable[Slice], cause: str = LATE_PLAYS) -> None:
    """Have slices counted again, with the cause that a revision of their charts will name."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into counts.slices_to_count (region, hour_start, cause) values (%s, %s, %s)
            on conflict (region, hour_start, cause) do nothing
            """,
            [(*changed, cause) for changed in slices],
        )


def mark_hours(connection: Connection[Any], hours: Iterable[Hour]) -> None:
    """Hand hours that were appended to to compaction."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into counts.hours_to_compact values (%s, %s, 1)
            on conflict (date, hour) do update set appends = hours_to_compact.appends + 1
            """,
            list(hours),
        )


def has_open_range(connection: Connection[Any]) -> bool:
    """Whether a range was begun and is not finished."""
    query = "select 1 from counts.enrichments where finished_at is null"
    return connection.execute(query).fetchone() is not None


def stored_tables(connection: Connection[Any]) -> dict[LakeTable, TableRows] | None:
    """What each table of the lake held when it was last checked.

    Before the first check that is nothing, or unknown (None) if plays were taken before checks began.
    """
    rows = connection.execute("select name, version, rows from counts.lake_tables").fetchall()
    if rows:
        return {LakeTable(name): TableRows(version, count) for name, version, count in rows}
    taken = connection.execute("select 1 from counts.enrichments where finished_at is not null limit 1").fetchone()
    return None if taken else dict.fromkeys(LakeTable, NOTHING)


def write_tables(connection: Connection[Any], tables: Mapping[LakeTable, TableRows]) -> None:
    """Keep what each table of the lake holds."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into counts.lake_tables (name, version, rows) values (%s, %s, %s)
            on conflict (name) do update set version = excluded.version, rows = excluded.rows, checked_at = now()
            """,
            [(table.value, held.version, held.rows) for table, held in tables.items()],
        )


def note_superseded(connection: Connection[Any], batch: int, plays: Iterable[StoredPlay]) -> list[StoredPlay]:
    """Write down which stored plays a batch makes duplicates, before it does; returns those of earlier tries too."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into counts.superseded_plays (batch, partition, "offset", play_batch, region, hour_start)
            values (%s, %s, %s, %s, %s, %s) on conflict do nothing
            """,
            [(batch, play.partition, play.offset, play.batch, *play.slice) for play in plays],
        )
        noted = cursor.execute(
            """
            select region, hour_start, partition, "offset", play_batch from counts.superseded_plays where batch = %s
            """,
            (batch,),
        ).fetchall()
    return [StoredPlay((region, hour_start), *rest) for region, hour_start, *rest in noted]


def _move_superseded(connection: Connection[Any], batch: int) -> None:
    """Of the batches that had brought them: one play less and one duplicate more."""
    connection.execute(
        """
        update counts.enrichments
        set plays = enrichments.plays - moved.plays, duplicates = enrichments.duplicates + moved.plays
        from (
            select play_batch, count(*) as plays from counts.superseded_plays where batch = %s group by play_batch
        ) as moved
        where last_version = moved.play_batch
        """,
        (batch,),
    )


def erased_rows(connection: Connection[Any]) -> int:
    """How many tombstones bronze holds."""
    query = "select coalesce(sum(erased), 0)::bigint from counts.enrichments where erased > 0"
    ((rows,),) = connection.execute(query).fetchall()
    return int(rows)
