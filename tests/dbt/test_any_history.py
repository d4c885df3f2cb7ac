"""Random histories in random order: the charts equal a naive recomputation after every round.

Each region is a history of its own, with an hourly and a daily chart. Every change finds a final chart,
so that what a round replaces must stay readable as a former revision.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.conftest import EMPTY, NOTHING_COUNTED
from tests.dbt.counted_hours import CountedHours, Window
from tests.dbt.history_kinds import KINDS, by_window, kinds_of_round
from tests.dbt.naive_charts import Entry, naive_charts
from tests.dbt.naive_revisions import FormerWindow, NaiveRevisions
from tests.dbt.random_history import HOURS, change, region_codes

REGIONS = 200
WINDOWS = 20
ROUNDS = 3
MANY_SEEDS = 12
CHART_SIZE = 5
LATE_REGIONS = 10
"""Of so many regions one has no plays in the first round."""


def how_many_windows(dice: random.Random, region_number: int, round_number: int) -> int:
    """Returns how many hours of a region change in a round: many at first, few afterwards."""
    is_late = region_number % LATE_REGIONS == 0
    if round_number == 0:
        return 0 if is_late else WINDOWS
    return dice.randint(1 if is_late else 0, 4)


def check_history(project: ChartProject, seed: int) -> tuple[int, Counter[str]]:
    """Plays one random history of every region; returns how many charts' histories were compared, and what occurred."""
    dice = random.Random(seed)
    project.set_chart_size(CHART_SIZE)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts, revisions = CountedHours(), NaiveRevisions()
    before, occurred = by_window([]), Counter[str]()
    for number in range(ROUNDS):
        for place, region in enumerate(region_codes(REGIONS)):
            change(dice, counts, region, dice.sample(HOURS, how_many_windows(dice, place, number)))
        changed = set(counts.changed)
        project.rank(counts)
        expected = naive_charts(counts.windows(), CHART_SIZE)
        after = by_window(expected)
        occurred += kinds_of_round(before, after, counts.windows(), changed)
        before = after
        revisions.publish(counts.windows(), expected)
        assert project.entries() == expected
        assert {entry.movement for entry in expected} == {"new", "re_entry", "up", "down", "same"}
        assert_revisions(project, revisions)
    return len({(window.grain, window.region) for window in counts.windows()}), occurred


def assert_revisions(project: ChartProject, expected: NaiveRevisions) -> None:
    """Asserts current revisions, former charts and the totals of both."""
    current = project.read("select * from charts.chart_windows")
    assert {Window(*row[:3]): row.revision for row in current} == expected.current
    songs = project.read("select * from charts.former_songs")
    assert {(Entry(*row[:-1]), row.revision) for row in songs} == expected.former_songs
    former = project.read("select * from charts.former_windows")
    read = {FormerWindow(*(getattr(row, name) for name in FormerWindow._fields)) for row in former}
    assert read == expected.former_windows
    totals = project.read(
        "select * from charts.chart_windows"
        " join charts.window_counts using (grain, region, window_start, live, withheld)"
    )
    assert len(totals) == len(current)
    for row in totals:
        assert tuple(getattr(row, name) for name in FormerWindow._fields[4:]) == expected.totals(Window(*row[:3]))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_charts_equal_a_naive_recomputation_after_every_round(project: ChartProject, seed: int) -> None:
    histories, occurred = check_history(project, seed)
    assert histories == 2 * (REGIONS + 1)
    assert all(occurred[kind] > 0 for kind in KINDS), occurred


@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_charts_equal_a_naive_recomputation_over_thousands_of_histories(
    project: ChartProject, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    histories, occurred = 0, Counter[str]()
    for seed in range(3, 3 + MANY_SEEDS):
        project.execute("dbt", EMPTY)
        project.execute("loader", NOTHING_COUNTED)
        compared, found = check_history(project, seed)
        histories, occurred = histories + compared, occurred + found
    told = [f"{histories} random histories, each compared after {ROUNDS} rounds", *_tell(occurred)]
    with capsys.disabled():
        request.config.get_terminal_writer().line("\n" + "\n".join(told))
    assert histories > 4000
    assert all(occurred[kind] > 0 for kind in KINDS)


def _tell(occurred: Counter[str]) -> list[str]:
    return [f"{occurred[kind]:>9,} × {kind}" for kind in KINDS]
