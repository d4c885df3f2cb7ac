"""Spotify's extended streaming history: the zip that Spotify sends, a folder, or one of its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from clients.importers.export_files import open_texts, read_objects
from clients.importers.mapping import NoPlayError, Owner, Play

PATTERN: Final = "*treaming_*istory_*udio*.json"
OLDER_PATTERN: Final = "endsong_*.json"
NOWHERE: Final = "ZZ"


def read_streams(path: Path) -> Iterator[object]:
    """Every stream in the export, file by file."""
    for text in open_texts(path, PATTERN, OLDER_PATTERN):
        yield from read_objects(text)


def map_stream(stream: Any, owner: Owner) -> Play:
    """One stream as a play. Spotify writes down when a stream ended; a play says when it began."""
    if not isinstance(stream, dict):
        raise NoPlayError("no stream")
    title, artist = stream.get("master_metadata_track_name"), stream.get("master_metadata_album_artist_name")
    if not title or not artist:
        raise NoPlayError("no song, but a podcast, a video or something unnamed")
    country = stream.get("conn_country")
    return {
        "user_id": owner.listener,
        "title": title,
        "artist": artist,
        "release": stream.get("master_metadata_album_album_name"),
        "region": owner.region if country in (None, "", NOWHERE) else country,
        "played_at": _find_start(stream),
        "ms_played": stream.get("ms_played"),
        "client": {"name": "Spotify"},
    }


def _find_start(stream: dict[str, Any]) -> str:
    ended, played = stream.get("ts"), stream.get("ms_played")
    if not isinstance(ended, str) or not isinstance(played, int):
        raise NoPlayError("no time or no length")
    try:
        return (datetime.fromisoformat(ended) - timedelta(milliseconds=played)).isoformat()
    except (ValueError, OverflowError) as error:
        raise NoPlayError("a time that is none") from error
