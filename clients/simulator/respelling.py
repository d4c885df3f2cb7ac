"""Other spellings of a song that are still the same song."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Final

from ingest.play import identify_song

FULL_WIDTH: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
WIDE_SPACE: Final = "\u3000"


def respell(title: str, artist: str, random: Random) -> tuple[str, str]:
    """Title and artist in other case, width or spacing; they name the same song."""
    return random.choice(_respellings(title, artist))


@lru_cache(maxsize=10_000)
def _respellings(title: str, artist: str) -> tuple[tuple[str, str], ...]:
    candidates = {
        (title.upper(), artist.upper()),
        (title.lower(), artist),
        (title, artist.swapcase()),
        (title.translate(FULL_WIDTH), artist),
        (title.replace(" ", "  "), artist.translate(FULL_WIDTH)),
        (f"{WIDE_SPACE}{title} ", artist),
    }
    song = identify_song(title, artist)
    return tuple(sorted(pair for pair in candidates - {(title, artist)} if identify_song(*pair) == song))
