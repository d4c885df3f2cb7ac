"""Spotify's account data: a year of streams with the minute in which each ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from clients.importers.spotify.extended import CLIENT
from ingest.plays.play_rows import describe_row, read_milliseconds


def describe_minute_stream(stream: dict[str, Any], wanted: Import) -> Play:
    """Return one stream as a play that began its length before the minute in which it ended."""
    if not stream.get("trackName") or not stream.get("artistName"):
        raise SkippedRowError("no song, but a podcast")
    length = read_milliseconds(stream.get("msPlayed"))
    if length is None:
        raise SkippedRowError("no length, so no time of its start")
    return describe_row(
        title=stream.get("trackName"),
        artist=stream.get("artistName"),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(stream.get("endTime")) - timedelta(milliseconds=length)),
        ms_played=length,
        client=CLIENT,
    )


ACCOUNT: Final = Format(
    name="Spotify, account data",
    family="spotify",
    matches=lambda row: "endTime" in row and "msPlayed" in row,
    describe=describe_minute_stream,
)
