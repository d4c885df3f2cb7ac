"""Kafka offsets and freezes as Postgres stores them, in the transaction that counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from psycopg import Connection

Offsets = dict[int, int]
"""The first offset not counted yet, by partition."""

_ADVANCE = """
    update live.offsets
    set
        next_offset = %(next)s,
        complete_through = greatest(complete_through, %(complete_through)s),
        counted_at = clock_timestamp()
    where partition = %(partition)s and next_offset = %(first)s
"""


class Message(Protocol):
    """What the counter reads of a Kafka message."""

    def headers(self) -> Any: ...
    def value(self) -> bytes | None: ...
    def partition(self) -> int | None: ...
    def offset(self) -> int | None: ...


class OffsetConflictError(RuntimeError):
    """Someone else moved a partition's offset: another counter took it over, or live counts were reseeded."""


@dataclass(frozen=True)
class CountedFrom:
    """The first windows of each grain that the counter adds to."""

    hour: datetime
    day: datetime

    @property
    def by_grain(self) -> dict[str, datetime]:
        """The same by the name of the grain."""
        return {"hour": self.hour, "day": self.day}


def read_offsets(connection: Connection[Any], partitions: Iterable[int]) -> Offsets:
    """Return where to read on in each partition; a partition that was never read starts at 0."""
    wanted = sorted(partitions)
    with connection.transaction():
        connection.cursor().executemany(
            "insert into live.offsets (partition, next_offset) values (%s, 0) on conflict do nothing",
            [(partition,) for partition in wanted],
        )
        rows = connection.execute(
            "select partition, next_offset from live.offsets where partition = any(%s)", (wanted,)
        ).fetchall()
    return dict(rows)


def next_offsets(before: Offsets, messages: Iterable[Message]) -> Offsets:
    """Return the offsets after these messages, which come in order in each partition."""
    return before | {message.partition() or 0: (message.offset() or 0) + 1 for message in messages}


def advance_offsets(
    connection: Connection[Any], before: Offsets, after: Offsets, complete_through: Mapping[int, datetime | None]
) -> None:
    """Move each partition's offset from ``before`` to ``after``.

    The first statement of a counting transaction: it locks the rows, so a counter that lost a partition stops here.

    Raises:
        OffsetConflictError: when a stored offset is not the one in ``before``; the caller reads the offsets again.
    """
    for partition, first in sorted(before.items()):
        moved = {
            "partition": partition,
            "first": first,
            "next": after.get(partition, first),
            "complete_through": complete_through.get(partition),
        }
        if connection.execute(_ADVANCE, moved).rowcount != 1:
            raise OffsetConflictError(f"partition {partition} is not at offset {first} any more")


def read_counted_from(connection: Connection[Any]) -> CountedFrom:
    """Return from which windows on plays are counted now."""
    rows = connection.execute("select grain, counted_from from live.open_windows").fetchall()
    return CountedFrom(**dict(rows))


def read_withdrawn_keys(connection: Connection[Any]) -> frozenset[str]:
    """Return the ids of the write keys whose plays are not counted."""
    return frozenset(key_id for (key_id,) in connection.execute("select key_id from live.withdrawn_keys"))


def store_freezes(connection: Connection[Any], counted_from: CountedFrom, before: Offsets) -> None:
    """Note for each grain which offset ended the windows before ``counted_from``; the first note stands."""
    rows = [
        (grain, window_start, partition, offset)
        for grain, window_start in counted_from.by_grain.items()
        for partition, offset in sorted(before.items())
    ]
    connection.cursor().executemany("insert into live.freezes values (%s, %s, %s, %s) on conflict do nothing", rows)
