"""Songs of the mocked api: made up, and the same every time."""

from __future__ import annotations

from typing import Any, Final

FIRST_WORDS: Final = (
    "Morning",
    "Paper",
    "Silver",
    "Northern",
    "Glass",
    "Slow",
    "Harbour",
    "Copper",
    "Winter",
    "Electric",
)
SECOND_WORDS: Final = (
    "Ferry",
    "Lanterns",
    "Letters",
    "Radio",
    "Orchard",
    "Tides",
    "Motel",
    "Garden",
    "Parade",
    "Static",
)
BANDS: Final = (
    "The Example Band",
    "Ada & the Engines",
    "Low Tide",
    "Kilo Kilo",
    "Marble Choir",
    "Ночной трамвай",
    "Los Ejemplos",
)
MOVEMENTS: Final = (("up", 2), ("same", 0), ("new", None), ("down", 1), ("re_entry", None), ("up", 5), ("down", 3))
SONGS: Final = 100


def song_id(song: int) -> str:
    """The identity of the mocked song with this number."""
    return f"s2_{song:016x}"


def title_of(song: int) -> str:
    """Every pair of words once."""
    return f"{FIRST_WORDS[song % 10]} {SECOND_WORDS[(song // 10 + song) % 10]}"


def artist_of(song: int) -> str:
    """Bands share the songs."""
    return BANDS[song % len(BANDS)]


def songs_of(region: str) -> list[int]:
    """Which songs a region's chart has, from the first rank down: shared ones and its own."""
    shift = sum(map(ord, region)) % 7
    return [(rank * 3 + shift * (rank % 3)) % SONGS for rank in range(SONGS)]


def entry_of(example: dict[str, Any], region: str, rank: int) -> dict[str, Any]:
    """The entry of one rank; every field that is not set here is the example's."""
    song = songs_of(region)[rank - 1]
    movement, places = MOVEMENTS[(rank + len(region)) % len(MOVEMENTS)]
    plays = 1_412 // rank + 8
    return example | {
        "rank": rank,
        "movement": movement,
        "previous_rank": None if places is None else rank + (places if movement == "up" else -places),
        "peak_rank": max(1, rank - 1),
        "streak": 1 if places is None else 3 + rank % 5,
        "plays": plays,
        "raw_plays": plays + 17,
        "listeners": plays - 6,
        "song_id": song_id(song),
        "title": title_of(song),
        "artist": artist_of(song),
    }
