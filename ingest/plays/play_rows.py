"""A play described by a row of another program: a listen, a scrobble, or a line of an export.

The ListenBrainz endpoint, the Last.fm endpoint and the importers build their plays here. A malformed
optional value costs that value, never the play; the play's own rules judge title, artist, time and region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from ingest.play import LONGEST_MILLISECONDS, Client, Isrc, Release

RELEASE_LENGTH: Final = 512
CLIENT_LENGTH: Final = 64
KEPT_WHEN_EMPTY: Final = ("title", "artist")
_SPACES: Final = dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " ")
_NUMBER: Final = re.compile(r"\s*([0-9]{1,12}(?:\.[0-9]{1,9})?)\s*")
_ISRC: Final[TypeAdapter[str]] = TypeAdapter(Isrc)
_MBID: Final = TypeAdapter(UUID)
_RELEASE: Final[TypeAdapter[str]] = TypeAdapter(Release)


def describe_row(
    *,
    title: object,
    artist: object,
    played_at: object = None,
    release: object = None,
    isrc: object = None,
    recording_mbids: Iterable[object] = (),
    region: object = None,
    ms_played: int | None = None,
    duration_ms: int | None = None,
    client: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Return the fields of a play, without the optional ones that are missing, empty or malformed.

    ``recording_mbids`` are candidates, of which the first UUID is used. Lengths come from
    :func:`read_milliseconds`, the client from :func:`read_client`.
    """
    described = {
        "title": _on_one_line(title),
        "artist": _on_one_line(artist),
        "release": _accept(_RELEASE, _clip(_on_one_line(release), RELEASE_LENGTH)),
        "isrc": _accept(_ISRC, isrc),
        "recording_mbid": next((one for one in recording_mbids if _is_mbid(one)), None),
        "region": region,
        "played_at": played_at,
        "ms_played": ms_played,
        "duration_ms": duration_ms,
        "client": client,
    }
    return {name: value for name, value in described.items() if value not in (None, "") or name in KEPT_WHEN_EMPTY}


def read_milliseconds(value: object, factor: int = 1) -> int | None:
    """Return a length in milliseconds, or None for a value that is not a length of at most a day.

    ``value`` is a number, or a number as text, in units of ``factor`` milliseconds.
    """
    if isinstance(value, str):
        written = _NUMBER.fullmatch(value)
        value = float(written[1]) if written else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    # Compared first: infinity and NaN cannot be rounded.
    return round(value * factor) if 0 <= value * factor <= LONGEST_MILLISECONDS else None


def read_client(name: object, version: object = None) -> dict[str, str] | None:
    """Return the program that recorded the play, or None when it has no name."""
    program = {"name": _clip(name, CLIENT_LENGTH), "version": _clip(version, CLIENT_LENGTH)}
    described = {part: text for part, text in program.items() if text}
    if not described.get("name", "").strip():
        return None
    try:
        Client.model_validate(described)
    except ValidationError:
        return None
    return described


def _on_one_line(text: object) -> object:
    # To a song's identity a tab or a line break is a space, and ingest refuses the former.
    return text.translate(_SPACES) if isinstance(text, str) else text


def _clip(text: object, length: int) -> str:
    return text.replace("\x00", "")[:length] if isinstance(text, str) else ""


def _accept(kind: TypeAdapter[str], value: object) -> str | None:
    try:
        return kind.validate_python(value) if value else None
    except ValidationError:
        return None


def _is_mbid(value: object) -> bool:
    if not isinstance(value, str) or not value:
        return False
    try:
        _MBID.validate_python(value)
    except ValidationError:
        return False
    return True
