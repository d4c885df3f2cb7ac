"""The JSON lines that Pano Scrobbler writes."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_client, read_milliseconds


def describe_line(line: dict[str, Any], wanted: Import) -> Play:
    """Return one line as a play."""
    if line.get("event") not in (None, "", "scrobble"):
        raise SkippedRowError("no scrobble, but another event")
    return describe_row(
        title=line.get("track"),
        artist=line.get("artist"),
        release=line.get("album"),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(line.get("timeMs"))),
        duration_ms=read_milliseconds(line.get("durationMs")) or None,
        client=read_client(line.get("mediaPlayerName"), line.get("mediaPlayerVersion")),
    )


PANO: Final = Format(
    name="Pano Scrobbler, JSON lines",
    family="pano",
    matches=lambda row: "timeMs" in row and "track" in row,
    describe=describe_line,
)
