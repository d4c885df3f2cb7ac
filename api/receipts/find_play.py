"""What the lake says of one play: is it stored, and does it count?

``plays`` of a chart are numbers: per listener, song and hour the smaller of eligible plays and 10. Which
plays those are is decided here: the ten earliest by ``played_at``, then by ``play_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

import pyarrow as pa
from pyarrow import dataset

from api.storage.lake import Lake, Row

_COORDINATES: Final = ("topic", "partition", "offset")
_BRONZE: Final = ("user_id", "received_at", "title", "artist", "region", *_COORDINATES)
_SILVER: Final = ("user_id", "song_id", "eligible", "late", "batch", "key_id", *_COORDINATES)


class Verdict(StrEnum):
    """What becomes of a stored play by the rules."""

    COUNTS = "counts"
    TOO_SHORT = "too_short"
    OVER_CAP = "over_cap"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    NOT_SEEN = "not_seen"


def find_plays(lake: Lake, play_id: str, played_at: datetime, cap: int, withdrawn: Sequence[str] = ()) -> list[Row]:
    """Return every stored copy of every play with this identity, of any listener, in order of arrival.

    Each has ``received_at, title, artist, region, song_id, late, batch`` and ``verdict``; what silver
    alone knows is null until it has seen the play. ``played_at`` is in UTC. Plays of ``withdrawn`` keys do not count.
    """
    named = (dataset.field("play_id") == play_id) & (dataset.field("played_at") == played_at)
    stored = lake.bronze.read(played_at, _BRONZE, named & dataset.field("problem").is_null())
    seen = lake.silver.read(played_at, _SILVER, named) if stored else []
    plays = {_coordinates(play): play for play in seen}
    listeners = {play["user_id"] for play in seen}
    found = [_describe(copy, plays.get(_coordinates(copy)), listeners, withdrawn) for copy in stored]
    for play in found:
        if play["verdict"] is Verdict.COUNTS and _is_over_cap(lake, play, play_id, played_at, cap, withdrawn):
            play["verdict"] = Verdict.OVER_CAP
    return sorted(found, key=lambda play: (play["received_at"], play["partition"], play["offset"]))


def _coordinates(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in _COORDINATES)


def _describe(copy: Row, play: Row | None, listeners: Iterable[str], withdrawn: Sequence[str]) -> Row:
    if play is not None:
        if play["key_id"] in withdrawn:
            return {**copy, **play, "verdict": Verdict.WITHDRAWN}
        return {**copy, **play, "verdict": Verdict.COUNTS if play["eligible"] else Verdict.TOO_SHORT}
    # Of several copies silver takes one: a listener whose play it holds has sent this one again.
    verdict = Verdict.DUPLICATE if copy["user_id"] in listeners else Verdict.NOT_SEEN
    return {**copy, "song_id": None, "late": None, "batch": None, "verdict": verdict}


def _is_over_cap(lake: Lake, play: Row, play_id: str, played_at: datetime, cap: int, withdrawn: Sequence[str]) -> bool:
    same = (
        (dataset.field("region") == play["region"])
        & (dataset.field("song_id") == play["song_id"])
        & (dataset.field("user_id") == play["user_id"])
        & dataset.field("eligible")
        & ~dataset.field("key_id").isin(pa.array(withdrawn, pa.string()))
    )
    heard = lake.silver.read(played_at, ("played_at", "play_id"), same)
    return sum((one["played_at"], one["play_id"]) < (played_at, play_id) for one in heard) >= cap
