"""Plays from the Last.fm research data: one row is one play."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pycountry

from clients.importers.real_plays.tables import read_table

FILE: Final = "lastfm_plays.tsv.gz"
COLUMNS: Final = ("user_id", "played_at", "artist", "title", "recording_mbid", "country")


def read_lastfm_plays(folder: Path) -> Iterator[dict[str, Any]]:
    """The plays of ``FILE`` in its order, as ingest takes them; none has a play_id or a length.

    Raises ``LookupError`` for a country that ISO 3166 does not know.
    """
    for row in read_table(folder / FILE, COLUMNS):
        play: dict[str, Any] = {
            "user_id": row["user_id"],
            "title": row["title"],
            "artist": row["artist"],
            "region": find_region(row["country"]),
            "played_at": row["played_at"],
        }
        if _is_uuid(row["recording_mbid"]):
            play["recording_mbid"] = row["recording_mbid"]
        yield play


@cache
def find_region(country: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's English name."""
    return str(pycountry.countries.lookup(country).alpha_2)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
