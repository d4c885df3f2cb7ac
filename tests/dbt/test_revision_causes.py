"""Why a chart was restated is written down with the change, never guessed afterwards."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, day, hour

CAUSES = "select grain, region, revision, cause from charts.revision_causes order by grain, region, revision, cause"


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """One hour of one song, ranked and final."""
    counted = CountedHours()
    counted.put("GB", hour(0), {"a": 5})
    project.rank(counted, "rebuild")
    settle(project)
    return counted


def settle(project: ChartProject) -> None:
    """Lets whatever changes next change a final chart."""
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))


def keep_open(project: ChartProject) -> None:
    """Lets the last change be younger than ten minutes, so that the next one amends."""
    project.set_complete_through(project.window("GB", hour(0)).changed_at)


def change(project: ChartProject, counts: CountedHours, plays: int | Counted, *causes: str) -> None:
    """Gives the song other plays for a cause, and ranks."""
    counts.put("GB", hour(0), {"a": plays})
    project.rank(counts, *causes)


def causes(project: ChartProject) -> list[tuple[int, str]]:
    """Returns what is written down of the hour in GB."""
    rows = [tuple(row) for row in project.read(CAUSES)]
    return [(revision, cause) for grain, region, revision, cause in rows if (grain, region) == ("hour", "GB")]


def test_a_chart_that_was_never_final_has_none(project: ChartProject, counts: CountedHours) -> None:
    assert project.read(CAUSES) == []


@pytest.mark.parametrize("cause", ["late_plays", "rebuild", "redrive", "withdrawn"])
def test_a_restatement_keeps_its_cause_for_the_hour_the_day_and_global(
    project: ChartProject, counts: CountedHours, cause: str
) -> None:
    change(project, counts, 6, cause)
    places = [(grain, region) for grain in ("day", "hour") for region in ("GB", "global")]
    assert [tuple(row) for row in project.read(CAUSES)] == [(*place, 2, cause) for place in places]


def test_causes_that_meet_in_one_round_are_both_kept(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, 6, "late_plays", "redrive")
    assert causes(project) == [(2, "late_plays"), (2, "redrive")]


def test_an_amendment_adds_its_cause_and_the_next_revision_has_its_own(
    project: ChartProject, counts: CountedHours
) -> None:
    change(project, counts, 6)
    keep_open(project)
    change(project, counts, 4, "rebuild")
    change(project, counts, 3, "rebuild")
    settle(project)
    change(project, counts, 7, "redrive")
    assert causes(project) == [(2, "late_plays"), (2, "rebuild"), (3, "redrive")]


def test_what_no_chart_shows_leaves_no_cause(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, 6)
    change(project, counts, Counted(6, too_short=1), "rebuild")
    assert causes(project) == [(2, "late_plays")]


def test_a_corrected_later_window_was_not_restated(project: ChartProject, counts: CountedHours) -> None:
    project.set_complete_through(None)
    counts.put("GB", hour(1), {"a": 2, "b": 1})
    project.rank(counts)
    settle(project)
    counts.put("GB", hour(0), {"a": 5, "b": 9})
    project.rank(counts, "redrive")
    rows = project.read("select distinct window_start from charts.revision_causes where region = 'GB'")
    assert {row.window_start for row in rows} == {hour(0), day(0)}


def test_a_cause_that_nobody_knows_is_refused(project: ChartProject, counts: CountedHours) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        change(project, counts, 6, "mood")
