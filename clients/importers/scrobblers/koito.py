"""Koito's export of listens, in which everything has aliases."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row, read_client, read_milliseconds


def describe_listen(listen: dict[str, Any], wanted: Import) -> Play:
    """Return one listen as a play under the primary names; several artists become one text."""
    track, artists = listen["track"], listen.get("artists")
    named = [_read_alias(artist) for artist in artists] if isinstance(artists, list) else []
    return describe_row(
        title=_read_alias(track),
        artist=", ".join(name for name in named if name),
        release=_read_alias(listen.get("album")),
        recording_mbids=(track.get("mbid"),),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(listen.get("listened_at"))),
        duration_ms=read_milliseconds(track.get("duration"), 1_000) or None,
        client=read_client(listen.get("client")),
    )


def _read_alias(entity: object) -> str | None:
    """The primary alias, or else the first."""
    aliases = entity.get("aliases") if isinstance(entity, dict) else None
    found = [
        one
        for one in (aliases if isinstance(aliases, list) else ())
        if isinstance(one, dict) and isinstance(one.get("alias"), str)
    ]
    primary = next((one for one in found if one.get("is_primary")), found[0] if found else None)
    return primary["alias"] if primary else None


KOITO: Final = Format(
    name="Koito, an export",
    family="koito",
    matches=lambda row: "listened_at" in row and isinstance(row.get("track"), dict) and "aliases" in row["track"],
    describe=describe_listen,
)
