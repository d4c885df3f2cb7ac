"""Last.fm's own JSON and XML, as its API answers and as exporters save it page by page."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row


def describe_track(track: dict[str, Any], wanted: Import) -> Play:
    """Return one scrobble as a play. Last.fm's identifiers are of tracks, not of recordings, and are left out."""
    state = track.get("@attr")
    if isinstance(state, dict) and state.get("nowplaying") in ("true", True):
        raise SkippedRowError("playing when the export was made")
    date = track.get("date")
    second = date.get("uts") or date.get("#text") if isinstance(date, dict) else date
    return describe_row(
        title=track.get("name"),
        artist=_read_text(track.get("artist")),
        release=_read_text(track.get("album")),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(second, day_first=wanted.day_first)),
    )


def _read_text(value: object) -> object:
    return value.get("#text") or value.get("name") if isinstance(value, dict) else value


PAGES: Final = Format(
    name="Last.fm, pages of its API",
    family="lastfm",
    matches=lambda row: "name" in row and "artist" in row and ("date" in row or "@attr" in row),
    describe=describe_track,
)
