"""CSV exports of Last.fm plays, as the two best-known exporters write them.

One has a header (``uts, utc_time, artist, artist_mbid, album, album_mbid, track, track_mbid``), the
other has none and four columns: artist, album, track, and the time in UTC such as
``22 Nov 2026 14:03``. Last.fm's identifiers are of tracks, not of recordings, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from clients.importers.export_files import open_texts, read_rows
from clients.importers.mapping import NoPlayError, Owner, Play

PATTERN: Final = "*.csv"
HEADER: Final = {"uts", "artist", "album", "track"}
WITHOUT_HEADER: Final = ("artist", "album", "track", "written")
WRITTEN: Final = "%d %b %Y %H:%M"


def read_scrobbles(path: Path) -> Iterator[object]:
    """Every row of the export by column name."""
    for text in open_texts(path, PATTERN):
        rows = read_rows(text)
        first = next(rows, [])
        names = tuple(first) if set(first) >= HEADER else WITHOUT_HEADER
        if names is WITHOUT_HEADER and first:
            yield dict(zip(names, first, strict=False))
        for row in rows:
            yield dict(zip(names, row, strict=False))


def map_scrobble(row: Any, owner: Owner) -> Play:
    """One row as a play; rows without a time are what was playing when the export was made."""
    return {
        "user_id": owner.listener,
        "title": row.get("track"),
        "artist": row.get("artist"),
        "release": row.get("album"),
        "region": owner.region,
        "played_at": _find_start(row),
    }


def _find_start(row: dict[str, str]) -> str:
    second, written = row.get("uts", ""), row.get("written", "")
    if not second and not written:
        raise NoPlayError("no time")
    try:
        if second:
            return datetime.fromtimestamp(int(second), UTC).isoformat()
        return datetime.strptime(written, WRITTEN).replace(tzinfo=UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise NoPlayError("a time that is none") from error
