"""Changes by hand to what silver holds: a redrive, a rebuild, an erasure.

The ledger fixes which slices and batches a correction touches before anything is changed. Until it is
finished, settle_charts publishes nothing; the next try finds that list and repeats all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from orchestration.ledger.changed_slices import newest_batch
from orchestration.ledger.conservation import ConservationError, InterruptedCorrectionError, check_tables
from orchestration.ledger.enrichments import (
    Hour,
    Slice,
    Tally,
    erased_rows,
    has_open_range,
    mark_hours,
    mark_slices,
    stored_tables,
    write_tables,
)
from orchestration.ledger.table_rows import TableRows, count_tables
from streaming.lake import LakeTable, read_table


@dataclass(frozen=True)
class Correction:
    """A correction that was begun: what it is about, and all that it touches."""

    id: int
    kind: str
    slices: set[Slice]
    batches: set[int]
    erased: dict[int, int]

    def add(self, slices: Iterable[Slice], batches: Iterable[int], erased: Mapping[int, int]) -> Correction:
        """The same with more to touch; what was to be erased at an earlier try stays."""
        return replace(
            self,
            slices=self.slices | set(slices),
            batches=self.batches | set(batches),
            erased={**erased, **self.erased},
        )


def refuse_interrupted(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> None:
    """Raise :class:`InterruptedCorrectionError`, with what the tables hold, while a correction is not finished."""
    begun = open_correction(connection)
    if begun is None:
        return
    try:
        check_tables(_count_tables(spark, lake_root, connection), erased_rows(connection))
    except ConservationError as failure:
        raise InterruptedCorrectionError(*begun, f" ({failure})") from failure
    raise InterruptedCorrectionError(*begun)


def refuse_other_correction(connection: Connection[Any], kind: str, subject: str) -> None:
    """Raise :class:`InterruptedCorrectionError` while a correction of another kind or subject is not finished."""
    row = connection.execute(
        "select kind, subject from counts.corrections where finished_at is null and (kind, subject) != (%s, %s)",
        (kind, subject),
    ).fetchone()
    if row is not None:
        raise InterruptedCorrectionError(*row)


def is_begun(connection: Connection[Any], kind: str, subject: str) -> bool:
    """Whether this correction was begun and is not finished."""
    query = "select 1 from counts.corrections where finished_at is null and (kind, subject) = (%s, %s)"
    return connection.execute(query, (kind, subject)).fetchone() is not None


def begin_correction(
    connection: Connection[Any],
    kind: str,
    subject: str,
    slices: Iterable[Slice],
    batches: Iterable[int],
    erased: Mapping[int, int] | None = None,
) -> Correction:
    """Fix what a correction touches, together with what it touched when it was stopped."""
    named = {"kind": kind, "subject": subject}
    with connection.transaction():
        connection.execute(
            """
            insert into counts.corrections (kind, subject) select %(kind)s, %(subject)s where not exists (
                select from counts.corrections where finished_at is null and (kind, subject) = (%(kind)s, %(subject)s)
            )
            """,
            named,
        )
        row = connection.execute(
            """
            select id, kind, slices, batches, erased from counts.corrections
            where finished_at is null and (kind, subject) = (%(kind)s, %(subject)s)
            """,
            named,
        ).fetchone()
        whole = _read(row).add(slices, batches, erased or {})
        connection.execute(
            "update counts.corrections set slices = %s, batches = %s, erased = %s where id = %s",
            (Jsonb(_written(whole.slices)), Jsonb(sorted(whole.batches)), Jsonb(whole.erased), whole.id),
        )
        return whole


def _written(slices: Iterable[Slice]) -> list[tuple[str, str]]:
    return sorted((region, hour_start.isoformat()) for region, hour_start in slices)


def _read(row: Any) -> Correction:
    identity, kind, slices, batches, erased = row
    return Correction(
        id=identity,
        kind=kind,
        slices={(region, datetime.fromisoformat(hour_start)) for region, hour_start in slices},
        batches=set(batches),
        erased={int(batch): rows for batch, rows in erased.items()},
    )


def finish_correction(spark: SparkSession, lake_root: str, connection: Connection[Any], correction: Correction) -> None:
    """Tally the touched batches again, check conservation, and hand the touched slices to counting.

    Raises:
        ConservationError: when a batch or a table lost or gained rows; the correction stays open.
    """
    tallies = tally_batches(spark, lake_root, correction.batches)
    # What a range that is open has written already is checked with that range.
    tables = {} if has_open_range(connection) else _count_tables(spark, lake_root, connection)
    with connection.transaction():
        _write_tallies(connection, tallies, correction)
        if tables:
            check_tables(tables, erased_rows(connection))
        write_tables(connection, tables)
        mark_slices(connection, correction.slices, correction.kind)
        mark_hours(connection, {_hour_of(hour_start) for _, hour_start in correction.slices})
        connection.execute(
            "update counts.corrections set finished_at = now(), slices = '[]', erased = '{}' where id = %s",
            (correction.id,),
        )


def _hour_of(hour_start: datetime) -> Hour:
    utc = hour_start.astimezone(UTC)
    return utc.date(), utc.hour


def _count_tables(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> dict[LakeTable, TableRows]:
    """What each table holds, bronze at the last version that is in silver."""
    return count_tables(spark, lake_root, stored_tables(connection) or {}, newest_batch(connection))


def tally_batches(spark: SparkSession, lake_root: str, batches: Iterable[int]) -> dict[int, Tally]:
    """What silver holds of these batches."""
    wanted = spark.createDataFrame([(batch,) for batch in sorted(batches)], "batch bigint")
    plays = read_table(spark, lake_root, LakeTable.SILVER_PLAYS).select("batch", F.lit("play").alias("verdict"))
    rejected = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).select("batch", "reason")
    rows = plays.union(rejected).join(F.broadcast(wanted), on="batch", how="left_semi")
    counted: dict[int, Counter[str]] = {batch: Counter() for batch in batches}
    for batch, verdict, count in rows.groupBy("batch", "verdict").count().collect():
        counted[batch][verdict] += count
    return {batch: Tally(of["play"], of["duplicate"], of["malformed"]) for batch, of in counted.items()}


def _write_tallies(connection: Connection[Any], tallies: Mapping[int, Tally], correction: Correction) -> None:
    for batch, tally in tallies.items():
        row = connection.execute(
            """
            update counts.enrichments
            set received = %(received)s, plays = %(plays)s, duplicates = %(duplicates)s, malformed = %(malformed)s,
                erased = erased + %(erased)s
            from (select received as before from counts.enrichments where last_version = %(batch)s) as former
            where last_version = %(batch)s returning former.before
            """,
            {"batch": batch, "received": tally.received, "erased": correction.erased.get(batch, 0)} | vars(tally),
        ).fetchone()
        expected = (row[0] if row else 0) - correction.erased.get(batch, 0)
        if tally.received != expected:
            raise ConservationError(
                f"batch {batch} must hold {expected} plays and rejected rows, and silver holds {tally.plays} plays "
                f"and {tally.rejected} rejected rows; publishing stops until they agree"
            )


def open_correction(connection: Connection[Any]) -> tuple[str, str] | None:
    """Kind and subject of a correction that was begun and is not finished: what silver holds may change any moment."""
    return connection.execute("select kind, subject from counts.corrections where finished_at is null").fetchone()


def count_changed_slices(connection: Connection[Any], cause: str) -> int:
    """Return how many slices wait to be counted for a cause, those of open windows included."""
    query = "select count(*) from counts.slices_to_count where cause = %s"
    ((slices,),) = connection.execute(query, (cause,)).fetchall()
    return int(slices)
