"""Apple Music's play activity, from Apple's copy of one's data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_milliseconds

PLAYED: Final = ("", "PLAY_END")


def describe_activity(row: dict[str, Any], wanted: Import) -> Play:
    """Return one line as a play; the columns are named in small letters."""
    if row.get("eventtype", "") not in PLAYED:
        raise SkippedRowError("no play, but another event")
    if str(row.get("mediatype")).upper() == "VIDEO":
        raise SkippedRowError("a video")
    length = read_milliseconds(row.get("playdurationmilliseconds"))
    return describe_row(
        title=row.get("songname") or row.get("contentname"),
        artist=row.get("artistname") or row.get("containerartistname"),
        release=row.get("albumname") or row.get("containeralbumname"),
        region=choose_region(row.get("storefrontcountry"), wanted),
        played_at=write_rfc_3339(_find_start(row, length)),
        ms_played=length,
        duration_ms=read_milliseconds(row.get("mediadurationinmilliseconds")),
        client={"name": "Apple Music"},
    )


def _find_start(row: dict[str, Any], length: int | None) -> datetime:
    if row.get("eventstarttimestamp") or length is None:
        return read_instant(row.get("eventstarttimestamp"))
    return read_instant(row.get("eventendtimestamp")) - timedelta(milliseconds=length)


APPLE: Final = Format(
    name="Apple Music, play activity",
    family="apple",
    matches=lambda row: "eventstarttimestamp" in row,
    describe=describe_activity,
)
