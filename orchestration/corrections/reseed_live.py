"""Reseed live counts: load the open days from silver, at silver's offsets, and let the counters go on from there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, LiteralString

import pyarrow as pa
from psycopg import Connection
from psycopg.sql import Identifier
from psycopg.types.json import Jsonb
from pyspark.sql import DataFrame, SparkSession

from orchestration.corrections.live_rows import count_listener_songs, count_totals, name_songs, select_identities
from orchestration.counts.bulk_load import copy_rows
from orchestration.counts.withdrawn_keys import counted_plays, read_withdrawn
from orchestration.ledger.enrichments import Offsets, enriched_offsets
from streaming.lake import LakeTable, read_table
from streaming.rules import CAP
from streaming.stored_source import StoredSource, read_stored_source

_SUM_WINDOWS = Path(__file__).with_name("sum_windows.sql").read_text()
# What is frozen holds silver's plays now, up to its offsets, whenever it was frozen.
_MOVE_FREEZES: tuple[LiteralString, ...] = (
    """
    insert into live.freezes (grain, counted_from, partition, next_offset)
    select open_windows.grain, open_windows.counted_from, offsets.partition, offsets.next_offset
    from live.open_windows
    cross join live.offsets
    on conflict do nothing
    """,
    """
    update live.freezes
    set next_offset = offsets.next_offset
    from live.offsets, live.open_windows
    where
        freezes.partition = offsets.partition
        and freezes.grain = open_windows.grain
        and freezes.counted_from >= open_windows.open_from
    """,
)
_STORE_SOURCE: LiteralString = """
    insert into live.source (topic_id, user_id_fingerprint, offset_base) values (%s, %s, %s)
    on conflict (only_row) do update set topic_id = excluded.topic_id, offset_base = excluded.offset_base
"""
_SWAP_PATIENCE: LiteralString = "set local lock_timeout = '10s'"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reseeded:
    """What a reseed loaded: the UTC days, and how many plays and listener rows they have."""

    days: list[date]
    plays: int
    listener_songs: int


def reseed_live(spark: SparkSession, lake_root: str, connection: Connection[Any]) -> Reseeded:
    """Load every open day from silver and put it in the place of what the counters hold.

    The caller ensures that silver does not change. Counters go on counting until the swap, and then read
    again from silver's offsets. ``connection`` is the loader's, committing each statement.

    Raises:
        psycopg.errors.LockNotAvailable: when readers or counters did not make way for the swap; safe to run again.
    """
    offsets = enriched_offsets(connection)
    open_from = _first_open_day(connection)
    if open_from is None:
        return Reseeded([], 0, 0)
    plays = _open_days(spark, lake_root, LakeTable.SILVER_PLAYS, open_from)
    duplicates = _open_days(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS, open_from).filter("reason = 'duplicate'")
    hours = sorted(plays.select("date", "hour").union(duplicates.select("date", "hour")).distinct().collect())
    days = sorted({day for day, _ in hours} | _stored_days(connection, open_from))
    with connection.transaction():
        connection.execute("set local role live")
        for day in days:
            connection.execute("select live.create_reseed_tables(%s)", (day,))
    withdrawn = read_withdrawn(connection)
    loaded = [_load_hour(connection, day, hour, plays, duplicates, withdrawn) for day, hour in hours]
    with connection.transaction():
        connection.execute("set local role live")
        for day in days:
            _sum_windows(connection, day)
    _swap(connection, days, offsets, read_stored_source(spark, lake_root))
    reseeded = Reseeded(days, sum(rows[0] for rows in loaded), sum(rows[1] for rows in loaded))
    log.info("live counts are loaded from silver: %s", reseeded)
    return reseeded


def _first_open_day(connection: Connection[Any]) -> date | None:
    """Return the first open day, or None where live counts are off."""
    query = "select min(open_from) from live.open_windows having min(open_from) < 'infinity'"
    row = connection.execute(query).fetchone()
    first: datetime | None = row[0] if row else None
    return first.astimezone(UTC).date() if first else None


def _stored_days(connection: Connection[Any], open_from: date) -> set[date]:
    """Return the open days that the counters hold rows of: what silver lacks must go."""
    rows = connection.execute("select distinct day from live.song_counts where day >= %s", (open_from,))
    return {day for (day,) in rows}


def _open_days(spark: SparkSession, lake_root: str, table: LakeTable, open_from: date) -> DataFrame:
    return read_table(spark, lake_root, table).filter(f"date >= date'{open_from.isoformat()}'")


def _load_hour(
    connection: Connection[Any], day: date, hour: int, plays: DataFrame, duplicates: DataFrame, withdrawn: list[str]
) -> tuple[int, int]:
    """Load one hour of every region: memory is bounded by an hour. Return its plays and listener rows.

    Identities are those of all plays: a copy of a withdrawn one is a duplicate.
    """
    slice_of = f"date = date'{day.isoformat()}' and hour = {hour}"
    played, repeated = plays.filter(slice_of), duplicates.filter(slice_of)
    counted = counted_plays(played, withdrawn)
    tables = {
        f"reseed_plays_{day:%Y%m%d}": select_identities(played),
        f"reseed_listener_songs_{day:%Y%m%d}": count_listener_songs(counted),
        "reseeded_totals": count_totals(counted, repeated),
    }
    counts = []
    with connection.transaction():
        connection.execute("set local role live")
        connection.execute("set local timezone = 'UTC'")
        for name, rows in tables.items():
            counts.append(_copy(connection, name, rows.toArrow()))
        songs = name_songs(counted).toArrow()
        connection.execute("create temporary table named_songs (like live.songs) on commit drop")
        _copy(connection, "named_songs", songs, schema="pg_temp")
        connection.execute("insert into live.songs select * from named_songs order by song_id on conflict do nothing")
    return counts[0], counts[1]


def _copy(connection: Connection[Any], name: str, rows: pa.Table, schema: str = "live") -> int:
    copy_rows(connection, Identifier(schema, name), rows)
    return int(rows.num_rows)


def _sum_windows(connection: Connection[Any], day: date) -> None:
    named = _SUM_WINDOWS.replace("LISTENER_SONGS", f"live.reseed_listener_songs_{day:%Y%m%d}")
    statement = named.replace("SONG_COUNTS", f"live.reseed_song_counts_{day:%Y%m%d}")
    connection.execute(statement.encode(), {"day": day, "cap": CAP})


def _swap(connection: Connection[Any], days: list[date], offsets: Offsets, source: StoredSource) -> None:
    """Put the loaded days in place, with silver's offsets and topic. A counter's next batch finds its offsets moved."""
    with connection.transaction():
        progress = connection.execute("select complete_through from counts.progress").fetchone()
        connection.execute("set local role live")
        connection.execute(_SWAP_PATIENCE)
        # Counters lock their offsets before anything else, so none of them is in the midst of a batch now.
        connection.execute("lock table live.offsets in exclusive mode")
        for day in days:
            connection.execute("select live.swap_reseed_tables(%s)", (day,))
        connection.execute("update live.offsets set next_offset = 0, complete_through = %s", progress or (None,))
        for partition, offset in sorted(offsets.items()):
            connection.execute(
                "insert into live.offsets (partition, next_offset) values (%s, %s)"
                " on conflict (partition) do update set next_offset = excluded.next_offset",
                (int(partition), offset),
            )
        for statement in _MOVE_FREEZES:
            connection.execute(statement)
        if source.topic_id:
            connection.execute(_STORE_SOURCE, (source.topic_id, source.user_id_fingerprint, Jsonb(source.offset_base)))
