"""Count batches of Kafka messages into schema `live`, each in one transaction with its offsets."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.errors import LockNotAvailable

from streaming.live.offsets import (
    CountedFrom,
    Message,
    Offsets,
    advance_offsets,
    read_counted_from,
    read_withdrawn_keys,
    store_freezes,
)
from streaming.live.own_listens import OwnListens
from streaming.live.staged_plays import COLUMNS, StagedPlay, pack_rows, read_plays
from streaming.rules import CAP

_COUNT_PLAYS = Path(__file__).with_name("count_plays.sql").read_text()
_STAGING = """
    create temporary table if not exists staged_plays (
        "partition" integer, "offset" bigint, day date, hour smallint, region text, song_id bigint, identity uuid,
        listener uuid, played_at timestamptz, eligible boolean, late boolean, withdrawn boolean
    ) on commit delete rows
"""
_COPY = "copy staged_plays ({}) from stdin (format binary)".format(", ".join(f'"{name}"' for name in COLUMNS))
_INSERT_SONGS = "insert into live.songs (song_id, title, artist) values (%s, %s, %s) on conflict do nothing"
_NOTIFY = """
    select pg_notify('charts_updated', to_json(min(complete_through)) #>> '{}') from live.offsets
    having count(complete_through) = count(*)
"""
_DROP_SETTLED_DAYS = """
    select live.drop_partitions_before((open_from at time zone 'UTC')::date - 1)
    from live.open_windows
    where grain = 'day' and open_from < 'infinity'
"""
logger = logging.getLogger("streaming.live")
MOST_NAMED_SONGS = 1_000_000
"""Songs remembered as named already; some 100 MB."""


class LiveCounter:
    """Counts batches through one Postgres connection that belongs to it alone."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._named_songs: set[int] = set()
        self._days: set[date] = set()
        self._own_listens = OwnListens(connection)
        self._frozen: tuple[CountedFrom, frozenset[int]] | None = None
        connection.execute(_STAGING)

    def count(
        self,
        messages: Sequence[Message],
        before: Offsets,
        after: Offsets,
        complete_through: Mapping[int, datetime | None],
    ) -> None:
        """Count a batch.

        ``before`` and ``after`` have the offset of every partition of this counter as stored now and after the batch,
        ``complete_through`` the instant up to which each is complete then.

        Raises:
            OffsetConflictError: when another counter or a reseed moved an offset; nothing is counted.
            psycopg.Error: when Postgres fails; nothing is counted.
        """
        plays = read_plays(messages)
        self._ensure_partitions(plays)
        with self._connection.transaction():
            advance_offsets(self._connection, before, after, complete_through)
            counted_from = read_counted_from(self._connection)
            frozen = counted_from, frozenset(before)
            if frozen != self._frozen:
                store_freezes(self._connection, counted_from, before)
            named = self._write(plays, counted_from)
            self._own_listens.write(plays)
            if plays:
                self._connection.execute(_NOTIFY)
        self._frozen = frozen
        self._remember(named)

    def _write(self, plays: list[StagedPlay], counted_from: CountedFrom) -> dict[int, StagedPlay]:
        open_plays = [play for play in plays if play.day >= counted_from.day.astimezone(UTC).date()] if plays else []
        if not open_plays:
            return {}
        withdrawn = read_withdrawn_keys(self._connection)
        with self._connection.cursor() as cursor:
            with cursor.copy(_COPY) as rows:
                rows.write(pack_rows(open_plays, withdrawn))
            limits = {"hours_from": counted_from.hour, "days_from": counted_from.day, "cap": CAP}
            cursor.execute(_COUNT_PLAYS, limits)
            new = [play for play in open_plays if play.song_id not in self._named_songs]
            named = {play.song_id: play for play in reversed(new) if play.key_id not in withdrawn}
            songs = [(song_id, play.title, play.artist) for song_id, play in sorted(named.items())]
            cursor.executemany(_INSERT_SONGS, songs)
        return named

    def _ensure_partitions(self, plays: Iterable[StagedPlay]) -> None:
        """Make the partitions of these days, of today and of tomorrow; settled days need none."""
        today = datetime.now(UTC).date()
        wanted = {play.day for play in plays} | {today, today + timedelta(days=1)}
        if wanted <= self._days:
            return
        first = read_counted_from(self._connection).day.astimezone(UTC).date()
        for day in sorted(wanted - self._days):
            if day >= first:
                self._connection.execute("select live.create_partitions(%s)", (day,))
        self._drop_settled_days()
        self._days |= wanted

    def _drop_settled_days(self) -> None:
        """Drop partitions of days that have been settled for a day, unless readers hold them: then try a day later."""
        try:
            with self._connection.transaction():
                self._connection.execute("set local lock_timeout = '2s'")
                self._connection.execute(_DROP_SETTLED_DAYS)
        except LockNotAvailable:
            logger.warning("partitions of settled days are in use and stay until tomorrow")

    def _remember(self, named: Iterable[int]) -> None:
        if len(self._named_songs) > MOST_NAMED_SONGS:
            self._named_songs.clear()
        self._named_songs |= set(named)
