"""When a changed chart opens a revision and when it amends one."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, hour

TEN_MINUTES = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """One ranked hour of one song."""
    counted = CountedHours()
    counted.put("GB", hour(0), {"a": 5})
    project.rank(counted)
    return counted


def change_to(project: ChartProject, counts: CountedHours, plays: int) -> int:
    """Gives the song other plays, ranks, and returns the revision of window and entry."""
    counts.put("GB", hour(0), {"a": plays})
    project.rank(counts)
    (entry,) = project.chart("GB", hour(0))
    assert entry.revision == project.window("GB", hour(0)).revision
    return int(entry.revision)


def test_before_the_first_round_is_complete_no_revision_opens(project: ChartProject, counts: CountedHours) -> None:
    assert change_to(project, counts, 6) == 1


def test_a_chart_that_is_not_quiet_for_ten_minutes_is_amended(project: ChartProject, counts: CountedHours) -> None:
    project.set_complete_through(project.window("GB", hour(0)).changed_at + TEN_MINUTES - SECOND)
    assert change_to(project, counts, 6) == 1


def test_a_final_chart_that_changes_opens_a_revision_and_the_next_change_amends_it(
    project: ChartProject, counts: CountedHours
) -> None:
    project.set_complete_through(project.window("GB", hour(0)).changed_at + TEN_MINUTES)
    assert change_to(project, counts, 6) == 2
    assert change_to(project, counts, 7) == 2
    project.set_complete_through(project.window("GB", hour(0)).changed_at + TEN_MINUTES)
    assert change_to(project, counts, 8) == 3


def test_a_window_that_was_final_and_empty_opens_revision_2(project: ChartProject, counts: CountedHours) -> None:
    project.set_complete_through(hour(2) + TEN_MINUTES)
    counts.put("DE", hour(1), {"a": 1})
    counts.put("FR", hour(2), {"a": 1})
    project.rank(counts)
    assert project.window("DE", hour(1)).revision == 2
    assert project.window("FR", hour(2)).revision == 1


def test_what_no_chart_shows_opens_no_revision(project: ChartProject, counts: CountedHours) -> None:
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts.put("GB", hour(0), {"a": Counted(5, too_short=3, last_played_at=hour(0) + SECOND)})
    project.rank(counts)
    assert project.window("GB", hour(0)).revision == 1


def test_a_final_chart_that_becomes_empty_keeps_its_revisions(project: ChartProject, counts: CountedHours) -> None:
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts.put("GB", hour(0), {})
    project.rank(counts)
    assert project.chart("GB", hour(0)) == []
    assert project.window("GB", hour(0)).revision == 2
    assert project.window("GB", hour(0)).total_plays == 0
