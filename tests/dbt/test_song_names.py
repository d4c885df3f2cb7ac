"""A song is called what most of its listeners call it, on settled and on open charts."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import HOUR, TO_NAME, Counted, CountedHours, artist_of, day, hour, title_of
from tests.dbt.live_counts import OpenFrom, fill_live, live_id
from tests.dbt.naive_names import Spelling, name_songs, random_spellings

SONG = live_id("a")
OTHER_SPELLING = "TITLE of A"


def spell(project: ChartProject, spellings: Iterable[Spelling]) -> None:
    """Adds what listeners of settled days wrote, and lets the next run name the songs."""
    with project.server.connect("loader") as connection, connection.transaction():
        connection.cursor().executemany("insert into counts.song_spellings values (%s, %s, %s, %s, %s, %s)", spellings)
        connection.execute(TO_NAME)
    project.build("round")
    project.execute("loader", "truncate counts.songs_to_name")


def other_spelling(number: int, listeners: int) -> Spelling:
    """So many listeners of one day call the song by its other name."""
    return Spelling(day(number).date(), SONG, OTHER_SPELLING, artist_of(SONG), listeners, day(number) + 9 * HOUR)


@pytest.fixture
def number_one(project: ChartProject) -> ChartProject:
    """A number one of nine listeners, on a settled and on an open chart, and on a chart of a previous revision."""
    counts = CountedHours()
    counts.put("GB", hour(0), {SONG: Counted(9, listeners=9)})
    project.rank(counts)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts.put("GB", hour(0), {SONG: Counted(10, listeners=9)})
    project.rank(counts)
    open_from = OpenFrom(hour(2), day(1))
    project.execute("live", "update live.open_windows set open_from = %s, counted_from = %s", [hour(2), hour(2)])
    counts.put("GB", hour(2), {SONG: 5})
    with project.server.connect("live") as connection:
        fill_live(connection, {one: songs for one, songs in counts.windows().items() if open_from.is_open(one)})
    return project


def names(project: ChartProject) -> set[tuple[str, bool]]:
    """What any chart calls the song, and whether the chart is open."""
    queries = (
        "select title, live from charts.top_songs_hourly",
        "select title, live from charts.song_counts",
        "select title, false from charts.former_songs",
    )
    return {tuple(row) for query in queries for row in project.read(query)}


def test_one_listener_never_renames_a_number_one(number_one: ChartProject) -> None:
    spell(number_one, [other_spelling(number, listeners=1) for number in range(-27, 1)])
    assert names(number_one) == {(title_of(SONG), False), (title_of(SONG), True)}


def test_the_majority_renames_settled_open_and_previous_charts(number_one: ChartProject) -> None:
    spell(number_one, [other_spelling(number, listeners=4) for number in (-3, -2, -1)])
    assert names(number_one) == {(OTHER_SPELLING, False), (OTHER_SPELLING, True)}


def test_a_song_without_a_settled_day_is_called_as_the_stream_first_met_it(number_one: ChartProject) -> None:
    number_one.execute("dbt", "truncate charts.dim_songs")
    number_one.execute("live", "update live.songs set title = 'First met'")
    assert names(number_one) == {("First met", False), ("First met", True)}


def test_any_spellings_give_the_names_of_the_definition(project: ChartProject) -> None:
    spellings = random_spellings(random.Random(7), 4_000)
    spell(project, spellings)
    named = {row.song_id: (row.title, row.artist) for row in project.read("select * from charts.dim_songs")}
    assert named == name_songs(spellings)
    assert len(named) > 450
