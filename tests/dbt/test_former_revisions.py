"""A restated chart stays readable as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, hour

COUNTED = ("raw_plays", "too_short", "over_cap", "duplicates", "late")


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """One hour of two songs, ranked; whatever changes from now on changes a final chart."""
    counted = CountedHours()
    counted.put("GB", hour(0), {"a": Counted(5, too_short=1, duplicates=2), "b": 3})
    project.rank(counted)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    return counted


def change(project: ChartProject, counts: CountedHours, songs: dict[str, int | Counted]) -> None:
    """Gives the hour other songs, and ranks."""
    counts.put("GB", hour(0), songs)
    project.rank(counts)


def settle_only(project: ChartProject) -> None:
    """Lets the last change be younger than ten minutes, so that the next one amends."""
    project.set_complete_through(project.window("GB", hour(0)).changed_at)


def plays(rows: list[Any]) -> list[tuple[int, str, int]]:
    """Returns revision, song and plays of kept entries."""
    return [(row.revision, row.song_id, row.plays) for row in rows]


def test_the_former_revision_is_kept_as_it_was_published(project: ChartProject, counts: CountedHours) -> None:
    entries = project.chart("GB", hour(0))
    window = project.window("GB", hour(0))
    change(project, counts, {"a": 5, "b": Counted(9, late=6)})
    kept = [name for name in entries[0]._fields if name != "live"]
    published = [tuple(getattr(row, name) for name in kept) for row in entries]
    assert [tuple(row) for row in project.former_songs("GB", hour(0))] == published
    (former,) = project.former_windows("GB", hour(0))
    assert all(getattr(former, name) == getattr(window, name) for name in window._fields if name != "live")
    assert [getattr(former, name) for name in COUNTED] == [9, 1, 0, 2, 0]
    assert former.replaced_at == project.window("GB", hour(0)).computed_at


def test_a_day_and_global_keep_theirs_too(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, {"a": 5, "b": 9})
    rows = project.read("select distinct grain, region from charts.former_songs")
    assert {tuple(row) for row in rows} == {(grain, region) for grain in ("hour", "day") for region in ("GB", "global")}


def test_an_amendment_leaves_the_former_revision_alone(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, {"a": 6})
    settle_only(project)
    before = project.former_songs("GB", hour(0)), project.former_windows("GB", hour(0))
    change(project, counts, {"a": 7})
    assert project.window("GB", hour(0)).revision == 2
    assert (project.former_songs("GB", hour(0)), project.former_windows("GB", hour(0))) == before


def test_the_next_restatement_keeps_the_amended_revision(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, {"a": 6})
    settle_only(project)
    change(project, counts, {"a": Counted(7, late=2)})
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    change(project, counts, {})
    assert plays(project.former_songs("GB", hour(0))) == [(1, "a", 5), (1, "b", 3), (2, "a", 7)]
    first, second = project.former_windows("GB", hour(0))
    assert (first.total_plays, first.late, second.total_plays, second.late) == (8, 0, 7, 2)
    assert project.window("GB", hour(0)).revision == 3


def test_a_window_that_was_final_and_never_counted_was_revision_1_and_empty(
    project: ChartProject, counts: CountedHours
) -> None:
    counts.put("DE", hour(3), {"a": Counted(2, late=2)})
    project.rank(counts)
    assert project.former_songs("DE", hour(3)) == []
    (former,) = project.former_windows("DE", hour(3))
    assert (former.revision, former.total_plays, former.raw_plays, former.late) == (1, 0, 0, 0)
    assert (former.changed_at, former.computed_at) == (None, None)
    assert former.window_end == hour(4)


def test_nothing_is_kept_of_a_chart_that_was_not_final(project: ChartProject, counts: CountedHours) -> None:
    settle_only(project)
    change(project, counts, {"a": 9})
    assert project.read("select * from charts.former_windows") == []


def test_a_change_that_no_chart_shows_keeps_nothing(project: ChartProject, counts: CountedHours) -> None:
    change(project, counts, {"a": Counted(5, too_short=3), "b": 3})
    assert project.read("select * from charts.former_windows") == []


def test_a_correction_of_later_history_keeps_nothing_of_the_later_chart(
    project: ChartProject, counts: CountedHours
) -> None:
    settle_only(project)
    counts.put("GB", hour(1), {"a": 2, "b": 1})
    project.rank(counts)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    change(project, counts, {"a": 5, "b": 9})
    assert project.former_songs("GB", hour(1)) == []
    assert project.former_songs("GB", hour(0)) != []
