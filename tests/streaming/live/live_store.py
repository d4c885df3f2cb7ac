"""Feed the live counter of a test and read back what it stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from ingest.play import OWN_LISTENER, Play
from streaming.live.counter import LiveCounter
from streaming.live.offsets import next_offsets, read_offsets
from tests.streaming.live.naive_counts import SongCounts, Window


@dataclass(frozen=True)
class KafkaValue:
    """A message with its coordinates, as the consumer hands it over."""

    content: bytes | None
    at_partition: int
    at_offset: int
    is_own: bool = False

    def headers(self) -> list[tuple[str, bytes]] | None:
        return [OWN_LISTENER] if self.is_own else None

    def value(self) -> bytes | None:
        return self.content

    def partition(self) -> int:
        return self.at_partition

    def offset(self) -> int:
        return self.at_offset


def partition_of(play: Play, partitions: int = 4) -> int:
    """The partition of a play's listener, always the same."""
    return int(play.user_id[:8], 16) % partitions


class Topic:
    """Offsets of a topic that plays are appended to."""

    def __init__(self, partitions: int = 4) -> None:
        self.ends = dict.fromkeys(range(partitions), 0)

    def append(self, values: Iterable[Play | bytes | None], is_own: bool = False) -> list[KafkaValue]:
        """Messages with these values, perhaps of keys with a listener; what is no play goes to partition 0."""
        messages = []
        for value in values:
            partition = partition_of(value, len(self.ends)) if isinstance(value, Play) else 0
            content = value.to_value() if isinstance(value, Play) else value
            messages.append(KafkaValue(content, partition, self.ends[partition], is_own))
            self.ends[partition] += 1
        return messages


def open_windows(connection: Connection[Any], counted_from: datetime, grain: str | None = None) -> None:
    """Let windows from here on be open and counted, of one grain or both."""
    connection.execute(
        "update live.open_windows set open_from = least(open_from, %(at)s), counted_from = %(at)s"
        " where grain = coalesce(%(grain)s, grain)",
        {"at": counted_from, "grain": grain},
    )


def count_batch(counter: LiveCounter, connection: Connection[Any], messages: Sequence[KafkaValue]) -> None:
    """Count messages as the process does: from the stored offsets on."""
    before = read_offsets(connection, {message.at_partition for message in messages} or {0})
    counter.count(messages, before, next_offsets(before, messages), dict.fromkeys(before, datetime.now(UTC)))


def read_counts(connection: Connection[Any]) -> dict[Window, SongCounts]:
    """Every row of live.song_counts."""
    rows = connection.execute(
        """
        select
            day, hour, region, song_id,
            plays, raw_plays, too_short, over_cap, duplicates, late, listeners, last_played_at
        from live.song_counts
        """
    ).fetchall()
    return {row[:4]: SongCounts(*row[4:]) for row in rows}
