"""Names songs from their spellings, each from the rule's definition, and draws spellings to name songs from."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.dbt.counted_hours import HOUR
from tests.dbt.counted_hours import day as day_of

NAMING_DAYS = 28


class Spelling(NamedTuple):
    """How many listeners spelled a song so on one day."""

    day: date
    song_id: str
    title: str
    artist: str
    listeners: int
    first_played_at: datetime


def name_songs(spellings: Iterable[Spelling]) -> dict[str, tuple[str, str]]:
    """Returns title and artist of each song."""
    songs: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        songs[spelling.song_id].append(spelling)
    return {song_id: _name(rows) for song_id, rows in songs.items()}


def _name(rows: list[Spelling]) -> tuple[str, str]:
    after = max(row.day for row in rows) - timedelta(days=NAMING_DAYS)
    recent: dict[tuple[str, str], list[Spelling]] = defaultdict(list)
    for row in rows:
        if row.day > after:
            recent[row.title, row.artist].append(row)

    def place(name: tuple[str, str]) -> tuple[bool, int, datetime, bytes, bytes]:
        used = recent[name]
        is_one_listener = all(row.listeners < 2 for row in used)
        listeners = sum(row.listeners for row in used)
        return is_one_listener, -listeners, min(row.first_played_at for row in used), name[0].encode(), name[1].encode()

    return min(recent, key=place)


def random_spellings(dice: random.Random, count: int) -> list[Spelling]:
    """Returns so many spellings at most, of 500 songs on 60 days."""
    drawn = (_random_spelling(dice) for _ in range(count))
    return list({(one.day, one.song_id, one.title, one.artist): one for one in drawn}.values())


def _random_spelling(dice: random.Random) -> Spelling:
    number = dice.randrange(60)
    started = day_of(number) + dice.randrange(3) * HOUR
    name = dice.choice(["one", "One", "ONE"]), dice.choice(["x", "X"])
    return Spelling(started.date(), f"song {dice.randrange(500)}", *name, dice.choice([0, 1, 1, 1, 1, 2, 3]), started)
