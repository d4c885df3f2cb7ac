"""Random histories in random order: the charts equal a naive recomputation after every round."""

import random
from csv import DictReader
from datetime import datetime

import pytest

from tests.dbt.chart_project import PROJECT, ChartProject
from tests.dbt.counted_hours import HOUR, Counted, CountedHours, Songs, Window, day
from tests.dbt.naive_charts import first_songs, naive_charts

REGIONS = 200
WINDOWS = 20
ROUNDS = 3
CHART_SIZE = 5
SONGS = ("A", "B", "Z", "a", "b", "z", "_", "-", "0", "10", "9", "ä", "ß", "é", "😀")
HOURS = [day(number) + of_day * HOUR for number in range(6) for of_day in (0, 1, 2, 3, 22, 23)]
"""Hours of six days around a leap day, in runs that cross midnight."""


def some_counts(dice: random.Random, window_start: datetime) -> Counted:
    """Returns counts so small that songs tie in every way; one song in five has no counted play."""
    plays = dice.choice((0, 1, 2, 2, 3))
    return Counted(
        plays=plays,
        listeners=dice.randint(1, plays) if plays else 0,
        last_played_at=window_start + dice.randint(0, 1) * HOUR / 2,
        too_short=dice.randint(0, 1),
        over_cap=dice.randint(0, 1),
    )


def some_songs(dice: random.Random, window_start: datetime) -> Songs:
    """Returns what an hour holds; one in six is empty."""
    how_many = 0 if dice.random() < 1 / 6 else dice.randint(1, len(SONGS))
    return {song_id: some_counts(dice, window_start) for song_id in dice.sample(SONGS, how_many)}


def change(dice: random.Random, counts: CountedHours, region: str, hours: list[datetime]) -> None:
    """Changes some hours of a region: new ones, old ones, most of an old one kept."""
    for window_start in hours:
        songs = dict(some_songs(dice, window_start))
        before = counts.hours.get((region, window_start))
        if before and dice.random() < 0.5:
            songs = {**before, **dict(list(songs.items())[:2])}
        counts.put(region, window_start, songs)


def region_codes(count: int) -> list[str]:
    """Returns the first ISO codes of the seed."""
    with (PROJECT / "seeds" / "regions.csv").open() as file:
        return [row["region"] for row in DictReader(file) if row["region"] != "global"][:count]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_charts_equal_a_naive_recomputation_after_every_round(project: ChartProject, seed: int) -> None:
    dice = random.Random(seed)
    short_charts = project.with_chart_size(CHART_SIZE)
    counts = CountedHours()
    for number in range(ROUNDS):
        for region in region_codes(REGIONS):
            hours = dice.sample(HOURS, WINDOWS if number == 0 else dice.randint(0, 4))
            change(dice, counts, region, hours)
        short_charts.rank(counts)
        expected = naive_charts(counts.windows(), CHART_SIZE)
        assert short_charts.entries() == expected
        assert {entry.movement for entry in expected} == {"new", "re_entry", "up", "down", "same"}
        assert totals(short_charts) == {
            window: (sum(counted.plays for counted in songs.values()), len(first_songs(songs, len(SONGS))))
            for window, songs in counts.windows().items()
        }


def totals(project: ChartProject) -> dict[Window, tuple[int, int]]:
    """Returns the published plays and songs of every window that was ever counted."""
    rows = project.read("select * from charts.chart_windows")
    return {Window(*row[:3]): (row.total_plays, row.total_songs) for row in rows}
