"""Read Kafka's values and write them as rows of the staging table, in Postgres's binary COPY format."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from pydantic import ValidationError

from ingest.play import OWN_LISTENER, UNIT_SEPARATOR, Play, identify_song
from streaming.live.offsets import Message
from streaming.rules import LATE_AFTER, MINIMUM_MS_PLAYED

COLUMNS: Final = (
    "partition", "offset", "day", "hour", "region", "song_id", "identity", "listener", "played_at", "eligible", "late",
    "withdrawn",
)  # fmt: skip
"""Columns of the staging table, in the order of :func:`pack_rows`."""
_POSTGRES_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_POSTGRES_EPOCH_DAY: Final = date(2000, 1, 1).toordinal()
_MICROSECOND: Final = timedelta(microseconds=1)
_HOUR: Final = timedelta(hours=1)
_HEADER: Final = b"PGCOPY\n\xff\r\n\x00" + struct.pack("!ii", 0, 0)
_TRAILER: Final = struct.pack("!h", -1)
# Each field stands behind its length; a region has two bytes.
_ROW: Final = struct.Struct("!h ii iq ii ih i2s iq i16s i16s iq i? i? i?").pack


@dataclass(frozen=True, slots=True)
class StagedPlay:
    """One well-formed play of a batch, reduced to what counting needs."""

    partition: int
    offset: int
    day: date
    hour: int
    region: str
    song_id: int
    identity: bytes
    listener: bytes
    played_at: datetime
    eligible: bool
    late: bool
    key_id: str
    title: str
    artist: str
    own: Play | None
    """The whole play when a write key decides its listener, who reads it back."""


def read_plays(messages: Iterable[Message]) -> list[StagedPlay]:
    """Return the plays among the messages; values that are no plays are skipped, the lake keeps and explains them."""
    return [play for message in messages if (play := read_play(message)) is not None]


def read_play(message: Message) -> StagedPlay | None:
    """Return the play in a message, or None when its value is none."""
    try:
        play = Play.model_validate_json(message.value() or b"")
    except ValidationError:
        return None
    played_at = play.played_at.astimezone(UTC)
    hour_end = played_at.replace(minute=0, second=0, microsecond=0) + _HOUR
    return StagedPlay(
        partition=message.partition() or 0,
        offset=message.offset() or 0,
        day=played_at.date(),
        hour=played_at.hour,
        region=play.region,
        song_id=pack_song_id(identify_song(play.title, play.artist)),
        identity=identify(play.user_id, play.play_id, played_at),
        listener=bytes.fromhex(play.user_id[:32]),
        played_at=played_at,
        eligible=play.ms_played is None or play.ms_played >= MINIMUM_MS_PLAYED,
        late=play.received_at > hour_end + LATE_AFTER,
        key_id=play.key_id,
        title=play.title,
        artist=play.artist,
        own=play if _is_own(message) else None,
    )


def _is_own(message: Message) -> bool:
    return any(name == OWN_LISTENER[0] for name, _ in message.headers() or ())


def identify(user_id: str, play_id: str, played_at: datetime) -> bytes:
    """Return the 16 bytes that tell a play from every other: two plays with the same are duplicates."""
    text = UNIT_SEPARATOR.join((user_id, play_id, str((played_at - _UNIX_EPOCH) // _MICROSECOND)))
    return hashlib.sha256(text.encode()).digest()[:16]


def pack_song_id(song_id: str) -> int:
    """Return the 16 hex digits of a `song_id` as a signed 64-bit integer."""
    return int.from_bytes(bytes.fromhex(song_id[-16:]), signed=True)


def pack_rows(plays: Iterable[StagedPlay], withdrawn: Container[str] = ()) -> bytes:
    """Return the plays in Postgres's binary COPY format, with :data:`COLUMNS`; ``withdrawn`` has ids of keys."""
    rows = [
        _ROW(
            12, 4, play.partition, 8, play.offset, 4, play.day.toordinal() - _POSTGRES_EPOCH_DAY, 2, play.hour,
            2, play.region.encode(), 8, play.song_id, 16, play.identity, 16, play.listener,
            8, (play.played_at - _POSTGRES_EPOCH) // _MICROSECOND, 1, play.eligible, 1, play.late,
            1, play.key_id in withdrawn,
        )
        for play in plays
    ]  # fmt: skip
    return b"".join((_HEADER, *rows, _TRAILER))
