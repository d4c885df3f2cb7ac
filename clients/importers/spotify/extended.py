"""Spotify's extended streaming history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_milliseconds

TITLE: Final = "master_metadata_track_name"
ARTIST: Final = "master_metadata_album_artist_name"
CLIENT: Final = {"name": "Spotify"}


def describe_stream(stream: dict[str, Any], wanted: Import) -> Play:
    """Return one stream as a play. Spotify writes when a stream ended; a play says when it began."""
    if not stream.get(TITLE) or not stream.get(ARTIST):
        raise SkippedRowError("no song, but a podcast, an audiobook, a video or something unnamed")
    if stream.get("incognito_mode") is True and not wanted.private:
        raise SkippedRowError("a private session (--private includes them)")
    length = read_milliseconds(stream.get("ms_played"))
    if length is None:
        raise SkippedRowError("no length, so no time of its start")
    return describe_row(
        title=stream.get(TITLE),
        artist=stream.get(ARTIST),
        release=stream.get("master_metadata_album_album_name"),
        region=choose_region(stream.get("conn_country"), wanted),
        played_at=write_rfc_3339(read_instant(stream.get("ts")) - timedelta(milliseconds=length)),
        ms_played=length,
        client=CLIENT,
    )


EXTENDED: Final = Format(
    name="Spotify, extended streaming history",
    family="spotify",
    matches=lambda row: "ts" in row and "ms_played" in row,
    describe=describe_stream,
    says_region=True,
    doubles=True,
)
