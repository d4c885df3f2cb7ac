"""The ``.scrobbler.log`` of Rockbox and other players without a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, Row, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_client, read_milliseconds

FIRST_LINE: Final = "#AUDIOSCROBBLER/"
COLUMNS: Final = ("artist", "album", "title", "number", "seconds", "rating", "timestamp", "mbid")
LISTENED: Final = "L"


def read_log(text: IO[str]) -> Iterator[Row]:
    """Return each line by column, with the log's zone and client."""
    zone, client = "UNKNOWN", ""
    for number, line in enumerate(text, 1):
        line = line.rstrip("\r\n").lstrip("\ufeff")
        if line.startswith("#TZ/"):
            zone = line.removeprefix("#TZ/").strip().upper()
        elif line.startswith("#CLIENT/"):
            client = line.removeprefix("#CLIENT/").strip()
        elif line.strip() and not line.startswith("#"):
            cells = dict(zip(COLUMNS, line.split("\t"), strict=False))
            yield Row(number, cells | {"log_zone": zone, "log_client": client})


def describe_line(line: dict[str, Any], wanted: Import) -> Play:
    """Return one line as a play. The clock of most players is local, which their log calls an unknown zone."""
    if line.get("rating") != LISTENED:
        raise SkippedRowError("skipped by the listener")
    return describe_row(
        title=line.get("title"),
        artist=line.get("artist"),
        release=line.get("album"),
        recording_mbids=(line.get("mbid"),),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(_find_start(line, wanted)),
        duration_ms=read_milliseconds(line.get("seconds"), 1_000),
        client=read_client(line.get("log_client")),
    )


def _find_start(line: dict[str, Any], wanted: Import) -> datetime:
    instant = read_instant(line.get("timestamp"))
    if line["log_zone"] == "UTC":
        return instant
    if wanted.zone is None:
        raise SkippedRowError("the log does not say its zone: say it with --zone, such as --zone Europe/Paris")
    return instant.replace(tzinfo=wanted.zone).astimezone(UTC)


LOG: Final = Format(
    name="a .scrobbler.log",
    family="scrobblerlog",
    matches=lambda row: "log_zone" in row,
    describe=describe_line,
)
