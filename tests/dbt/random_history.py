"""Draws random histories: what each hour of a region holds, and which hours change."""

import random
from collections.abc import Sequence
from csv import DictReader
from datetime import datetime

from tests.dbt.chart_project import PROJECT
from tests.dbt.counted_hours import HOUR, Counted, CountedHours, Songs, day

SONGS = ("A", "B", "Z", "a", "b", "z", "_", "-", "0", "10", "9", "ä", "ß", "é", "😀")
DAYS = (-60, -59, -58, 0, 1, 2)
"""Three days around the end of a year and three around a leap day, two months later."""
HOURS = [day(number) + of_day * HOUR for number in DAYS for of_day in (0, 1, 2, 3, 22, 23)]
"""Hours of these days, in runs that cross midnight."""


def some_counts(dice: random.Random, window_start: datetime) -> Counted:
    """Returns counts so small that songs tie in every way; one song in five has no counted play."""
    plays = dice.choice((0, 1, 2, 2, 3))
    return Counted(
        plays=plays,
        listeners=dice.randint(1, plays) if plays else 0,
        last_played_at=window_start + dice.randint(0, 1) * HOUR / 2,
        too_short=dice.randint(0, 1),
        over_cap=dice.randint(0, 1),
        duplicates=dice.randint(0, 1),
        late=dice.randint(0, 1),
    )


def some_songs(dice: random.Random, window_start: datetime, names: Sequence[str] = SONGS) -> Songs:
    """Returns what an hour holds; one in six is empty."""
    how_many = 0 if dice.random() < 1 / 6 else dice.randint(1, len(names))
    return {song_id: some_counts(dice, window_start) for song_id in dice.sample(names, how_many)}


def change(
    dice: random.Random, counts: CountedHours, region: str, hours: list[datetime], names: Sequence[str] = SONGS
) -> None:
    """Changes some hours of a region: new ones, old ones, most of an old one kept."""
    for window_start in hours:
        songs = dict(some_songs(dice, window_start, names))
        before = counts.hours.get((region, window_start))
        if before and dice.random() < 0.5:
            songs = {**before, **dict(list(songs.items())[:2])}
        counts.put(region, window_start, songs)


def region_codes(count: int) -> list[str]:
    """Returns the first ISO codes of the seed."""
    with (PROJECT / "seeds" / "regions.csv").open() as file:
        return [row["region"] for row in DictReader(file) if row["region"] != "global"][:count]
