"""What a round changes, and what it leaves alone."""

from datetime import timedelta

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, day, hour
from tests.dbt.naive_charts import naive_charts

ALL_WRITTEN = """
    select ctid, xmin::text, rank from builds.chart_entries
    union all select ctid, xmin::text, revision from builds.chart_revisions
"""


def ranked(project: ChartProject, region: str, number: int) -> list[tuple[str, int | None, str]]:
    """Returns song, previous rank and movement of one hourly chart, by rank."""
    return [(row.song_id, row.previous_rank, row.movement) for row in project.chart(region, hour(number))]


def test_a_late_play_corrects_the_later_windows_that_depend_on_it(project: ChartProject) -> None:
    counts = CountedHours()
    for number in (0, 1, 2):
        counts.put("GB", hour(number), {"a": 5, "b": 3})
    project.rank(counts)
    counts.put("GB", hour(0), {"a": 5, "b": 8})
    project.rank(counts)
    assert ranked(project, "GB", 0) == [("b", None, "new"), ("a", None, "new")]
    assert ranked(project, "GB", 1) == [("a", 2, "up"), ("b", 1, "down")]
    assert [(row.peak_rank, row.peak_at) for row in project.chart("GB", hour(2))] == [(1, hour(1)), (1, hour(0))]
    assert project.entries() == naive_charts(counts.windows(), 100)


def test_a_correction_of_history_alone_moves_computed_at_but_neither_revision_nor_changed_at(
    project: ChartProject,
) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 5, "b": 3})
    counts.put("GB", hour(1), {"a": 5, "b": 3})
    project.rank(counts)
    before = project.window("GB", hour(1))
    project.set_complete_through(hour(1) + timedelta(days=99_000))
    counts.put("GB", hour(0), {"a": 5, "b": 8})
    project.rank(counts)
    after = project.window("GB", hour(1))
    assert (after.revision, after.changed_at) == (before.revision, before.changed_at) == (1, before.changed_at)
    assert after.computed_at > before.computed_at
    assert project.window("GB", hour(0)).revision == 2


def test_a_window_that_becomes_empty_loses_its_chart_and_ends_streaks(project: ChartProject) -> None:
    counts = CountedHours()
    for number in (0, 1, 2):
        counts.put("GB", hour(number), {"a": 5})
    project.rank(counts)
    counts.put("GB", hour(1), {"a": Counted(0, listeners=0, too_short=4)})
    project.rank(counts)
    assert project.chart("GB", hour(1)) == []
    assert project.window("GB", hour(1)).total_plays == 0
    (row,) = project.chart("GB", hour(2))
    assert (row.movement, row.previous_rank, row.streak, row.windows_on_chart) == ("re_entry", None, 1, 2)


def test_a_song_pushed_below_the_last_place_leaves_the_chart(project: ChartProject) -> None:
    counts = CountedHours()
    songs = {f"song {number:03}": 200 - number for number in range(100)}
    counts.put("GB", hour(0), songs)
    counts.put("GB", hour(1), songs)
    project.rank(counts)
    counts.put("GB", hour(0), {**songs, "newcomer": 500})
    project.rank(counts)
    first = project.chart("GB", hour(0))
    assert (len(first), first[0].song_id, first[-1].song_id) == (100, "newcomer", "song 098")
    last = project.chart("GB", hour(1))[-1]
    assert (last.song_id, last.movement) == ("song 099", "new")
    assert project.window("GB", hour(0)).total_songs == 101


def test_windows_may_arrive_in_any_order(project: ChartProject) -> None:
    counts = CountedHours()
    for number in (30, 2, 29, 0, 1):
        counts.put("GB", hour(number), {"a": 1 + number % 3, "b": 2})
        project.rank(counts)
    assert project.entries() == naive_charts(counts.windows(), 100)
    (first, second) = list(project.chart("GB", day(1), "day"))
    assert {first.movement, second.movement} <= {"up", "down", "same"}


def test_title_and_raw_plays_follow_the_counts_without_a_change_of_the_chart(project: ChartProject) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 5})
    project.rank(counts)
    before = project.window("GB", hour(0))
    counts.put("GB", hour(0), {"a": Counted(5, too_short=2)})
    project.rank(counts)
    after = project.window("GB", hour(0))
    assert project.chart("GB", hour(0))[0].raw_plays == 7
    assert after.changed_at == before.changed_at
    assert after.computed_at > before.computed_at
    (counted,) = project.read("select * from charts.window_counts where region = 'GB' and grain = 'hour'")
    assert (counted.raw_plays, counted.too_short) == (7, 2)


def test_ranking_the_same_counts_again_writes_nothing(project: ChartProject) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": 5, "b": 3})
    counts.put("GB", hour(1), {"b": 3})
    project.rank(counts)
    before = project.read_builds(ALL_WRITTEN)
    counts.put("GB", hour(0), {"a": 5, "b": 3})
    project.rank(counts)
    assert project.read_builds(ALL_WRITTEN) == before


def test_a_window_counted_for_the_first_time_without_a_counted_play_is_listed_unchanged(project: ChartProject) -> None:
    counts = CountedHours()
    counts.put("GB", hour(0), {"a": Counted(0, listeners=0, too_short=1)})
    project.rank(counts)
    window = project.window("GB", hour(0))
    assert (window.revision, window.total_plays, window.total_songs, window.changed_at) == (1, 0, 0, None)
