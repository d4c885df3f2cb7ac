"""ListenBrainz exports: the zip of an account, its JSON lines, or a list of listens in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from clients.importers.export_files import open_texts, read_objects
from clients.importers.mapping import NoPlayError, Owner, Play

PATTERN: Final = "*listens/*/*.jsonl"
OLDER_PATTERN: Final = "*listens*.json*"


def read_listens(path: Path) -> Iterator[object]:
    """Every listen in the export, file by file."""
    for text in open_texts(path, PATTERN, OLDER_PATTERN):
        yield from read_objects(text)


def map_listen(listen: Any, owner: Owner) -> Play:
    """One listen as a play; the recording is the client's own, or else the one ListenBrainz found."""
    track = listen.get("track_metadata") if isinstance(listen, dict) else None
    if not isinstance(track, dict):
        raise NoPlayError("no listen")
    info = track.get("additional_info") or {}
    found = track.get("mbid_mapping") or {}
    return {
        "user_id": owner.listener,
        "title": track.get("track_name"),
        "artist": track.get("artist_name"),
        "release": track.get("release_name"),
        "recording_mbid": info.get("recording_mbid") or found.get("recording_mbid"),
        "region": owner.region,
        "played_at": _find_start(listen),
        "duration_ms": info.get("duration_ms") or _seconds(info.get("duration")),
        "ms_played": _seconds(info.get("duration_played")),
    }


def _find_start(listen: dict[str, Any]) -> str:
    second = listen.get("listened_at")
    if not isinstance(second, int):
        raise NoPlayError("no time")
    try:
        return datetime.fromtimestamp(second, UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise NoPlayError("a time that is none") from error


def _seconds(value: object) -> int | None:
    return round(value * 1000) if isinstance(value, (int, float)) else None
