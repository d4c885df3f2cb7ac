"""Random histories, the later part counted by the stream: live charts go on from settled ones as if there were no seam.

What lies before the first open window is settled by a round, what follows is in schema `live` alone; both together
equal a naive recomputation of all of it. Then more of it settles, and they still do.
"""

import random
from datetime import datetime

import pytest

from tests.dbt.chart_project import ENTRIES, ChartProject
from tests.dbt.conftest import EMPTY, NOTHING_COUNTED
from tests.dbt.counted_hours import CountedHours, Songs, Window
from tests.dbt.live_counts import OpenFrom, fill_live, live_id, open_windows
from tests.dbt.naive_charts import Entry, naive_charts
from tests.dbt.naive_revisions import totals
from tests.dbt.random_history import HOURS, SONGS, change, region_codes

REGIONS = 100
WINDOWS = 24
CHART_SIZE = 5
MANY_SEEDS = 12
NAMES = [live_id(name) for name in SONGS]
CUTS = (HOURS[10], HOURS[20], HOURS[21], HOURS[27])
"""When the first open hour starts: in the middle of days, at midnight, after days without a chart."""


@pytest.fixture
def short_charts(project: ChartProject) -> ChartProject:
    """The project with charts so short that songs fall off them, live ones too."""
    project.set_chart_size(CHART_SIZE)
    return project


def opened_at(cut: datetime) -> OpenFrom:
    """Returns the first open hour, and its day."""
    return OpenFrom(hour=cut, day=cut.replace(hour=0))


def settle(project: ChartProject, history: CountedHours, opened: OpenFrom) -> None:
    """Counts in the lake what starts before the first open window, and moves it there."""
    settled = CountedHours()
    for (region, start), songs in history.hours.items():
        if start < opened.hour:
            settled.put(region, start, songs)
    project.rank(settled)
    with project.server.connect("live") as connection:
        open_windows(connection, opened)


def stream(project: ChartProject, windows: dict[Window, Songs], opened: OpenFrom) -> None:
    """Counts in schema `live` what is open."""
    with project.server.connect("live") as connection:
        fill_live(connection, {window: songs for window, songs in windows.items() if opened.is_open(window)})


def assert_charts(project: ChartProject, windows: dict[Window, Songs], opened: OpenFrom) -> int:
    """Asserts both charts and the windows' totals; returns how many entries are live."""
    rows = project.read(ENTRIES)
    entries = [Entry(*row[:-2]) for row in rows]
    assert len(set(entries)) == len(entries)
    assert set(entries) == naive_charts(windows, CHART_SIZE)
    assert all(row.live == opened.is_open(Window(*row[:3])) and row.revision == 1 for row in rows)
    counted = project.read(
        "select * from charts.chart_windows"
        " join charts.window_counts using (grain, region, window_start, live, withheld)"
    )
    read = {
        Window(*row[:3]): (
            row.total_plays,
            row.total_songs,
            *(row.raw_plays, row.too_short, row.over_cap, row.duplicates),
            row.late,
        )
        for row in counted
    }
    expected = {window: totals(songs) for window, songs in windows.items() if songs or not opened.is_open(window)}
    assert read == expected
    return sum(row.live for row in rows)


def check_history(project: ChartProject, seed: int) -> int:
    """Plays one random history of every region; returns how many live entries were compared."""
    dice = random.Random(seed)
    history = CountedHours()
    for region in region_codes(REGIONS):
        change(dice, history, region, dice.sample(HOURS, WINDOWS), NAMES)
    windows, compared = history.windows(), 0
    first, second = sorted(dice.sample(CUTS, 2))
    stream(project, windows, opened_at(first))
    for cut in (first, second):
        settle(project, history, opened_at(cut))
        compared += assert_charts(project, windows, opened_at(cut))
    return compared


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_live_charts_go_on_from_settled_ones(short_charts: ChartProject, seed: int) -> None:
    assert check_history(short_charts, seed) > 5_000


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_live_charts_go_on_from_settled_ones_over_thousands_of_histories(short_charts: ChartProject) -> None:
    for seed in range(3, 3 + MANY_SEEDS):
        short_charts.execute("dbt", EMPTY)
        short_charts.set_chart_size(CHART_SIZE)
        short_charts.execute("loader", NOTHING_COUNTED)
        assert check_history(short_charts, seed) > 5_000
