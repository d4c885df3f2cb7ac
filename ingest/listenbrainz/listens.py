"""Listens as ListenBrainz's clients and exports write them, and the plays that they stand for.

Whatever a play has no field for is ignored. A malformed optional value is left out: see
:mod:`ingest.plays.play_rows`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator
from pydantic_core import PydanticCustomError

from ingest.plays.play_rows import describe_row, read_client, read_milliseconds

LAST_SECOND: Final = 253_402_300_799
"""The last second of the year 9999; anything beyond is refused as too late all the same."""
_FRACTION: Final = re.compile(r"(-?[0-9]{1,15})\.[0-9]+")

TRACK: Final = "track_metadata"
INFO: Final = f"{TRACK}.additional_info"
FIELDS: Final[Mapping[str, str]] = {
    "title": f"{TRACK}.track_name",
    "artist": f"{TRACK}.artist_name",
    "release": f"{TRACK}.release_name",
    "played_at": "listened_at",
    "region": f"{INFO}.region",
}
"""Where a listen holds the value of a play's field."""


def _whole_second(value: object) -> object:
    if isinstance(value, float) and math.isfinite(value):
        return math.floor(value)
    if isinstance(value, str) and (written := _FRACTION.fullmatch(value.strip())):
        return int(written[1])
    return value


def _refuse_milliseconds(value: int) -> int:
    if abs(value) > LAST_SECOND:
        raise PydanticCustomError("too_large", "must be in seconds since 1970; this looks like milliseconds")
    return value


def _object_or_none(value: object) -> object:
    # An empty array is how PHP writes an empty object.
    return value if isinstance(value, dict) else None


_Info = Annotated[dict[str, Any] | None, BeforeValidator(_object_or_none)]


class Track(BaseModel):
    """What was heard; fields that are not named here are ignored."""

    artist_name: object
    track_name: object
    release_name: object = None
    additional_info: _Info = None
    mbid_mapping: _Info = None


class Sighting(BaseModel):
    """A track without a time: what is playing now."""

    track_metadata: Track


class Listen(Sighting):
    """A track and when it started, in whole seconds since 1970; a number as text is accepted."""

    listened_at: Annotated[int, BeforeValidator(_whole_second), AfterValidator(_refuse_milliseconds)]


def read_listen(item: object) -> dict[str, Any]:
    """Return a listen as the play that a client would have posted, without its listener.

    Raises ``ValidationError``, in the words of a listen, for anything that has not a listen's form.
    """
    listen = Listen.model_validate(item)
    played_at = datetime.fromtimestamp(max(listen.listened_at, 0), UTC)
    return _describe(listen.track_metadata, played_at)


def read_sighting(item: object) -> dict[str, Any]:
    """Return what is playing now as a play without listener and time; raises as :func:`read_listen` does."""
    return _describe(Sighting.model_validate(item).track_metadata, None)


def _describe(track: Track, played_at: datetime | None) -> dict[str, Any]:
    info, mapping = track.additional_info or {}, track.mbid_mapping or {}
    return describe_row(
        title=track.track_name,
        artist=track.artist_name,
        played_at=played_at,
        release=track.release_name,
        isrc=info.get("isrc"),
        recording_mbids=(info.get("recording_mbid"), mapping.get("recording_mbid")),
        region=info.get("region"),
        ms_played=read_milliseconds(info.get("duration_played"), 1_000),
        duration_ms=read_milliseconds(info.get("duration_ms")) or read_milliseconds(info.get("duration"), 1_000),
        client=_read_client(info),
    )


def _read_client(info: Mapping[str, Any]) -> dict[str, str] | None:
    programs = (
        read_client(info.get(name), info.get(f"{name}_version")) for name in ("submission_client", "media_player")
    )
    return next((program for program in programs if program), None)
