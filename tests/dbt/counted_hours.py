"""Builds counts that add up: tests say what each hour holds, days and `global` follow from the hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import psycopg

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIRST_HOUR = datetime(2024, 2, 28, 22, tzinfo=UTC)
"""Two hours before a leap day."""


class Window(NamedTuple):
    """Identity of a chart."""

    grain: str
    region: str
    window_start: datetime


@dataclass(frozen=True)
class Counted:
    """One song's counts in one hour or window."""

    plays: int
    listeners: int = 1
    last_played_at: datetime = FIRST_HOUR
    too_short: int = 0
    over_cap: int = 0
    duplicates: int = 0
    late: int = 0

    @property
    def raw_plays(self) -> int:
        """Distinct plays."""
        return self.plays + self.over_cap + self.too_short


Songs = Mapping[str, Counted]


def hour(number: int) -> datetime:
    """Start of the hour that lies `number` hours after the first."""
    return FIRST_HOUR + number * HOUR


def day(number: int) -> datetime:
    """Start of the day that lies `number` days after the first hour's."""
    return FIRST_HOUR.replace(hour=0) + number * DAY


def title_of(song_id: str) -> str:
    """The title that the builder gives a song."""
    return f"Title of {song_id}"


def artist_of(song_id: str) -> str:
    """The artist that the builder gives a song."""
    return f"Artist of {song_id}"


class CountedHours:
    """The counts of all hours, and which windows changed since they were last loaded."""

    def __init__(self) -> None:
        self.hours: dict[tuple[str, datetime], Songs] = {}
        self.changed: set[Window] = set()

    def put(self, region: str, window_start: datetime, songs: Mapping[str, int | Counted]) -> None:
        """Sets what one hour of one region holds; a number stands for that many plays of one listener."""
        self.hours[region, window_start] = {
            song_id: Counted(counted) if isinstance(counted, int) else counted for song_id, counted in songs.items()
        }
        self.changed |= {
            Window(grain, place, start)
            for place in (region, "global")
            for grain, start in (("hour", window_start), ("day", window_start.replace(hour=0)))
        }

    def windows(self) -> dict[Window, Songs]:
        """Every window that was ever put, with its songs, days and `global` included."""
        parts: dict[Window, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
        for (region, start), songs in self.hours.items():
            for place in (region, "global"):
                for grain, window_start in (("hour", start), ("day", start.replace(hour=0))):
                    window = parts[Window(grain, place, window_start)]
                    for song_id, counted in songs.items():
                        window[song_id].append(counted)
        return {window: {song: _sum(rows) for song, rows in songs.items()} for window, songs in parts.items()}

    def load(self, connection: psycopg.Connection, causes: Iterable[str] = ("late_plays",)) -> None:
        """Replaces all counts, as role loader, and adds the changed windows, with why, to those that wait."""
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("truncate counts.song_counts, counts.song_spellings")
            windows = self.windows()
            _copy(cursor, "song_counts", SONG_COUNTS, _rows(windows))
            _copy(cursor, "song_spellings", SPELLINGS, _spellings(windows))
            cursor.execute(TO_NAME)
            cursor.executemany(
                "insert into counts.windows_to_rank values (%s, %s, %s, %s) on conflict do nothing",
                [(*window, cause) for window in self.changed for cause in causes],
            )
        self.changed.clear()


SONG_COUNTS = (
    *Window._fields,
    "song_id",
    *(field.name for field in fields(Counted)),
    *("raw_plays", "rules_version"),
)
TO_NAME = """
    insert into counts.songs_to_name select distinct song_id from counts.song_spellings on conflict do nothing
"""
SPELLINGS = ("day", "song_id", "title", "artist", "listeners", "first_played_at")


def _sum(rows: Iterable[Counted]) -> Counted:
    rows = list(rows)
    return Counted(
        plays=sum(row.plays for row in rows),
        listeners=sum(row.listeners for row in rows),
        last_played_at=max(row.last_played_at for row in rows),
        too_short=sum(row.too_short for row in rows),
        over_cap=sum(row.over_cap for row in rows),
        duplicates=sum(row.duplicates for row in rows),
        late=sum(row.late for row in rows),
    )


def _rows(windows: Mapping[Window, Songs]) -> Iterator[tuple[object, ...]]:
    for window, songs in windows.items():
        for song_id, counted in songs.items():
            values = [getattr(counted, field.name) for field in fields(Counted)]
            yield (*window, song_id, *values, counted.raw_plays, 1)


def _spellings(windows: Mapping[Window, Songs]) -> Iterator[tuple[object, ...]]:
    for window, songs in windows.items():
        if window.grain == "day" and window.region == "global":
            for song_id, counted in songs.items():
                names = (title_of(song_id), artist_of(song_id))
                yield (window.window_start.date(), song_id, *names, counted.listeners, window.window_start)


def _copy(cursor: psycopg.Cursor, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(f"copy counts.{table} ({', '.join(columns)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
