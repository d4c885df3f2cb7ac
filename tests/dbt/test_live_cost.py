"""A request for an open window reads the rows of its region's open windows, and no others."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import psycopg
import pytest

from api.charts.grains import LENGTHS, Grain
from api.charts.queries import CHART, REGIONS, WINDOWS
from api.explain.queries import EXPLANATION
from api.explain.routes import song_key
from api.songs.queries import HISTORY
from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import HOUR, CountedHours, day
from tests.dbt.live_counts import OpenFrom, fill_live, live_id, open_windows

REGIONS_WITH_PLAYS = ("DE", "FR", "GB", "JP", "US")
SONGS = 150
HOURS = 24
OPEN_HOURS = 2
NEWEST = day(1) + (HOURS - 1) * HOUR
SONG = live_id("song 1")
OF_A_WINDOW = {"grain": "hour", "region": "GB", "window_start": NEWEST, "length": LENGTHS[Grain.HOUR]}
OF_A_SONG = {"song_id": SONG, "song_key": song_key(SONG)}
LOOKED_UP = 20
"""Rows that are read to learn the first and last day of live counts, and whether a window has any."""
UNBOUNDED = {"since": None, "until": None, "before": None, "limit": 100}


@pytest.fixture
def busy_day(project: ChartProject) -> ChartProject:
    """A day of live counts whose last hours are open, and the day."""
    counts = CountedHours()
    songs = {live_id(f"song {number}"): 1 + number for number in range(SONGS)}
    for region in REGIONS_WITH_PLAYS:
        for number in range(HOURS):
            counts.put(region, day(1) + number * HOUR, songs)
    with project.server.connect("live") as connection:
        fill_live(connection, counts.windows())
        open_windows(connection, OpenFrom(hour=NEWEST - (OPEN_HOURS - 1) * HOUR, day=day(1)))
        connection.execute("insert into live.offsets values (0, 1, now(), now())")
    project.set_complete_through(NEWEST)
    with project.server.connect("postgres") as connection:
        connection.execute("vacuum analyze")
    return project


def rows_read(project: ChartProject, statement: Any, parameters: Mapping[str, Any]) -> int:
    """Returns how many rows of live counts a statement of the api reads."""
    text = statement if isinstance(statement, bytes) else statement.as_string().encode()
    with psycopg.connect(project.server.dsn("reader")) as connection:
        connection.execute("set timezone to 'UTC'")
        (plans,) = connection.execute(b"explain (analyze, format json) " + text, parameters).fetchone() or ([],)
    return sum(scanned(plans[0]["Plan"]))


def scanned(node: Mapping[str, Any]) -> Iterator[int]:
    """Yields the rows that each node below this one takes from live counts, those it drops included."""
    if node.get("Relation Name", "").startswith("song_counts_"):
        dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        yield round((node["Actual Rows"] + dropped) * node["Actual Loops"])
    for child in node.get("Plans", ()):
        yield from scanned(child)


@pytest.mark.parametrize("asked_for", [NEWEST, None])
def test_a_chart_reads_its_region_s_open_windows(busy_day: ChartProject, asked_for: datetime | None) -> None:
    read = rows_read(busy_day, CHART[Grain.HOUR], {**OF_A_WINDOW, **UNBOUNDED, "window_start": asked_for})
    # Each once to rank it, the one shown once more for its totals; to find the newest, a row of each.
    assert SONGS < read <= (OPEN_HOURS + 1) * SONGS + LOOKED_UP


def test_a_settled_chart_reads_no_window_of_live_counts(busy_day: ChartProject) -> None:
    settled = {**OF_A_WINDOW, **UNBOUNDED, "window_start": day(1) + 3 * HOUR}
    assert rows_read(busy_day, CHART[Grain.HOUR], settled) <= LOOKED_UP


def test_the_chart_of_an_open_day_reads_no_hour(busy_day: ChartProject) -> None:
    of_a_day = {**OF_A_WINDOW, "grain": "day", "window_start": day(1), "length": LENGTHS[Grain.DAY]}
    assert rows_read(busy_day, CHART[Grain.DAY], {**of_a_day, **UNBOUNDED}) <= 2 * SONGS + LOOKED_UP


def test_a_song_s_history_reads_its_region_s_open_windows(busy_day: ChartProject) -> None:
    read = rows_read(busy_day, HISTORY[Grain.HOUR], {**OF_A_WINDOW, **OF_A_SONG, **UNBOUNDED})
    assert read <= OPEN_HOURS * SONGS + LOOKED_UP


def test_a_list_of_windows_reads_its_region_s_open_windows(busy_day: ChartProject) -> None:
    assert rows_read(busy_day, WINDOWS, {**OF_A_WINDOW, **UNBOUNDED}) <= OPEN_HOURS * SONGS + LOOKED_UP


def test_the_list_of_regions_reads_hardly_a_row_of_each_window(busy_day: ChartProject) -> None:
    assert rows_read(busy_day, REGIONS, {}) <= OPEN_HOURS * (len(REGIONS_WITH_PLAYS) + 1) + LOOKED_UP


def test_an_explanation_reads_its_chart_and_of_the_counts_the_song_alone(busy_day: ChartProject) -> None:
    read = rows_read(busy_day, EXPLANATION[Grain.HOUR], {**OF_A_WINDOW, **OF_A_SONG})
    # Its chart for the rank and the revision; of the counts, the song's own rows.
    assert read <= (OPEN_HOURS + 1) * SONGS + LOOKED_UP
