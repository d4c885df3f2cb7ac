"""Maloja's export of scrobbles, in the shapes of its versions 2 and 3."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_client, read_milliseconds


def describe_scrobble(scrobble: dict[str, Any], wanted: Import) -> Play:
    """Return one scrobble as a play; several artists become one text."""
    nested = scrobble.get("track")
    track: dict[str, Any] = nested if isinstance(nested, dict) else scrobble
    album, artists = track.get("album"), track.get("artists")
    heard = read_milliseconds(scrobble.get("duration"), 1_000)
    is_nested = track is not scrobble
    return describe_row(
        title=track.get("title"),
        artist=", ".join(map(str, artists)) if isinstance(artists, list) else artists,
        release=album.get("albumtitle") or album.get("name") if isinstance(album, dict) else album,
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(scrobble.get("time"))),
        # Version 2 wrote the length of the track where version 3 writes how long it was heard.
        ms_played=heard if is_nested else None,
        duration_ms=read_milliseconds(track.get("length"), 1_000) if is_nested else heard,
        client=read_client(scrobble.get("origin")),
    )


def _is_scrobble(row: dict[str, Any]) -> bool:
    nested = row.get("track")
    track: dict[str, Any] = nested if isinstance(nested, dict) else row
    return "time" in row and "artists" in track and "title" in track


MALOJA: Final = Format(name="Maloja, an export", family="maloja", matches=_is_scrobble, describe=describe_scrobble)
