"""Tables of scrobbles, as CSV exporters of Last.fm and others write them: any order, any usual names.

Deezer's and Tidal's histories are such tables too, with the time that was listened; so are flat JSON objects with such
names. Last.fm's identifiers are of tracks, not of recordings, and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from functools import lru_cache
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from clients.importers.sources.table_rows import plain_name
from ingest.plays.play_rows import describe_row, read_milliseconds

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        *("track", "title", "song", "trackname", "tracktitle", "songname", "songtitle", "name"),
        *("titel", "titre", "titulo", "cancion"),
    ),
    "artist": (
        *("artist", "artistname", "trackartist", "artists", "performer"),
        *("kunstler", "interpret", "artiste", "artista"),
    ),
    "release": ("album", "albumname", "albumtitle", "release", "releasename", "albumtitel"),
    "isrc": ("isrc",),
    "milliseconds": ("msplayed", "streamdurationms", "playdurationms"),
    "seconds": ("listeningtime", "secondsplayed"),
    "time": (
        *("uts", "timems", "timestamp", "unixtimestamp", "unixtime", "dateuts", "time", "date", "datetime"),
        *("utctime", "playedat", "listenedat", "scrobbletime", "scrobbledat", "dateplayed", "playdate", "entrydate"),
        *("datum", "fecha", "data"),
    ),
}
"""What columns are called; of several times in a row the first that can be read is taken."""
Columns = dict[str, tuple[str, ...]]


@lru_cache(maxsize=100)
def _find_columns(names: tuple[str, ...]) -> Columns:
    plain = {plain_name(name): name for name in reversed(names)}
    return {field: tuple(plain[one] for one in known if one in plain) for field, known in NAMES.items()}


def is_scrobble(row: dict[str, Any]) -> bool:
    """Return whether a row has columns for title, artist and time."""
    columns = _find_columns(tuple(row))
    has_all = all(columns[field] for field in ("title", "artist", "time"))
    if "log_zone" in row:
        # A .scrobbler.log, whose times and ratings need their own reading.
        return False
    return has_all and not any(isinstance(row[name], (dict, list)) for name in columns["title"] + columns["artist"])


def describe_scrobble(row: dict[str, Any], wanted: Import) -> Play:
    """Return one row as a play; rows without a time are what was playing when the export was made."""
    if row.get("event") not in (None, "", "scrobble"):
        raise SkippedRowError("no scrobble, but another event")
    columns = _find_columns(tuple(row))
    found = {field: next((row[name] for name in columns[field] if row[name]), None) for field in NAMES}
    return describe_row(
        title=found["title"] or "",
        artist=found["artist"] or "",
        release=found["release"],
        isrc=found["isrc"],
        ms_played=read_milliseconds(found["milliseconds"]) or read_milliseconds(found["seconds"], 1_000),
        region=choose_region(None, wanted),
        played_at=_find_start([row[name] for name in columns["time"] if row[name]], wanted),
    )


def _find_start(candidates: list[object], wanted: Import) -> str:
    reason = SkippedRowError("no time")
    for candidate in candidates:
        try:
            instant = read_instant(candidate, zone=wanted.zone or UTC, day_first=wanted.day_first)
        except SkippedRowError as error:
            reason = error
        else:
            return write_rfc_3339(instant)
    raise reason


TABLES: Final = Format(
    name="a table of scrobbles, as of Last.fm",
    family="lastfm",
    matches=is_scrobble,
    describe=describe_scrobble,
)
