"""Listens as ListenBrainz's clients write them, and the plays that they stand for.

What a listen says and a play has no place for is left out. So is an optional value that is empty or
cannot be: a scrobbler's own slip in an ISRC must not cost its user the play.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from ingest.play import LONGEST_MILLISECONDS, Isrc

CLIENT_TEXT: Final = 64
LAST_SECOND: Final = 253_402_300_799
"""The last second of the year 9999; whatever lies beyond is refused as too late all the same."""
_ISRC: Final = TypeAdapter(Isrc)
_DIGITS: Final = re.compile(r"[0-9]{1,8}")

TRACK: Final = "track_metadata"
INFO: Final = f"{TRACK}.additional_info"
FIELDS: Final[Mapping[str, str]] = {
    "title": f"{TRACK}.track_name",
    "artist": f"{TRACK}.artist_name",
    "release": f"{TRACK}.release_name",
    "played_at": "listened_at",
    "region": f"{INFO}.region",
    "recording_mbid": f"{INFO}.recording_mbid",
}
"""Where a listen has what a play's field says."""
REQUIRED: Final = ("title", "artist")
"""What a listen cannot go without; of the rest, empty is as good as none."""


class Track(BaseModel):
    """What was heard; fields that are not named here are passed over."""

    artist_name: object
    track_name: object
    release_name: object = None
    additional_info: dict[str, Any] | None = None


class Sighting(BaseModel):
    """A track without a time: what is playing now."""

    track_metadata: Track


class Listen(Sighting):
    """A track and when it started, in seconds since 1970; a number in quotes will do."""

    listened_at: Annotated[int, Field(ge=-LAST_SECOND, le=LAST_SECOND)]


def read_listen(item: object) -> dict[str, Any]:
    """A listen as the play that a client would have posted, without its listener.

    Raises ``ValidationError``, in the words of a listen, when the item has not a listen's form.
    """
    listen = Listen.model_validate(item)
    played_at = datetime.fromtimestamp(max(listen.listened_at, 0), UTC)
    return {**_describe(listen.track_metadata), "played_at": played_at}


def read_sighting(item: object) -> dict[str, Any]:
    """What is playing now, as a play without listener and time; raises as :func:`read_listen` does."""
    return _describe(Sighting.model_validate(item).track_metadata)


def _describe(track: Track) -> dict[str, Any]:
    info = track.additional_info or {}
    described = {
        "title": track.track_name,
        "artist": track.artist_name,
        "release": track.release_name,
        "isrc": _isrc(info.get("isrc")),
        "recording_mbid": info.get("recording_mbid"),
        "region": info.get("region"),
        "ms_played": _milliseconds(info.get("duration_played"), 1_000),
        "duration_ms": _milliseconds(info.get("duration_ms"), 1) or _milliseconds(info.get("duration"), 1_000),
        "client": _client(info),
    }
    return {name: value for name, value in described.items() if value not in (None, "") or name in REQUIRED}


def _isrc(value: object) -> str | None:
    try:
        return _ISRC.validate_python(value)
    except ValidationError:
        return None


def _milliseconds(value: object, factor: int) -> int | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    # Compared first: infinity and NaN are no integers.
    return round(value * factor) if 0 <= value * factor <= LONGEST_MILLISECONDS else None


def _client(info: Mapping[str, Any]) -> dict[str, str] | None:
    for program in ("submission_client", "media_player"):
        name, version = info.get(program), info.get(f"{program}_version")
        if isinstance(name, str) and name.strip():
            return {"name": _clip(name)} | ({"version": _clip(version)} if isinstance(version, str) else {})
    return None


def _clip(text: str) -> str:
    return text.replace("\x00", "")[:CLIENT_TEXT]
