"""Builds what the stream has counted: the rows of schema `live` that follow from counted hours."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import psycopg

from tests.dbt.counted_hours import Counted, Songs, Window, artist_of, title_of

PREFIX = "s2_"
COLUMNS = (
    *("day", "hour", "region", "song_id", "plays", "raw_plays", "too_short", "over_cap", "duplicates", "late"),
    *("listeners", "last_played_at"),
)
EVERYTHING = datetime(1, 1, 1, tzinfo=UTC)


class OpenFrom(NamedTuple):
    """The first open window of each grain."""

    hour: datetime
    day: datetime

    def is_open(self, window: Window) -> bool:
        """Whether live charts show the window."""
        return window.window_start >= (self.hour if window.grain == "hour" else self.day)


def live_id(name: str) -> str:
    """Returns a song_id for a name; of half of them the first bit is set, so that they are negative integers."""
    return PREFIX + sha256(name.encode()).hexdigest()[:16]


def song_key(song_id: str) -> int:
    """Returns the integer that schema `live` keeps in place of a song_id."""
    return int.from_bytes(bytes.fromhex(song_id.removeprefix(PREFIX)), signed=True)


def live_rows(windows: Mapping[Window, Songs]) -> Iterator[tuple[object, ...]]:
    """Returns the rows of `live.song_counts`, in the order of :data:`COLUMNS`."""
    for window, songs in windows.items():
        start = window.window_start
        for song_id, counted in songs.items():
            key = (start.date(), start.hour if window.grain == "hour" else -1, window.region, song_key(song_id))
            yield (*key, *_counts(counted))


def _counts(counted: Counted) -> tuple[object, ...]:
    counts = (counted.plays, counted.raw_plays, counted.too_short, counted.over_cap, counted.duplicates, counted.late)
    return (*counts, counted.listeners, counted.last_played_at if counted.plays else None)


def fill_live(connection: psycopg.Connection, windows: Mapping[Window, Songs]) -> None:
    """Replaces what the stream has counted, as role live."""
    rows = list(live_rows(windows))
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("truncate live.song_counts, live.songs")
        for day in sorted({window.window_start.date() for window in windows}):
            cursor.execute("select live.create_partitions(%s)", [day])
        with cursor.copy(f"copy live.song_counts ({', '.join(COLUMNS)}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.executemany("insert into live.songs values (%s, %s, %s)", list(_names(windows.values())))
        cursor.execute("analyze live.song_counts, live.songs")


def _names(charts: Iterable[Songs]) -> Iterator[tuple[int, str, str]]:
    for song_id in sorted({song_id for songs in charts for song_id in songs}):
        yield song_key(song_id), title_of(song_id), artist_of(song_id)


def open_windows(connection: psycopg.Connection, opened: OpenFrom) -> None:
    """Moves the first open window of each grain, as role live; nothing is frozen."""
    with connection.transaction():
        for grain, start in zip(OpenFrom._fields, opened, strict=True):
            connection.execute(
                "update live.open_windows set open_from = %s, counted_from = %s where grain = %s", [start, start, grain]
            )
