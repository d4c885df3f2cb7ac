"""A further chart is a row of the seed `charts`: the same models rank, build and show it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import Counted, CountedHours, Window, hour
from tests.dbt.live_counts import OpenFrom, fill_live, live_id, open_windows

SONGS = {live_id(f"song {number}"): Counted(200 - number) for number in range(60)}
DECLARE = "insert into charts.charts (name, entity, grain, size, live) values ('hourly_50', 'song', 'hour', 50, true)"


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """Two counted hours of sixty songs, of which the first was ranked and final before the chart was declared."""
    counted = CountedHours()
    counted.put("GB", hour(0), SONGS)
    project.rank(counted)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    project.execute("dbt", DECLARE)
    counted.put("GB", hour(1), SONGS)
    project.rank(counted)
    return counted


def chart(project: ChartProject, name: str, number: int) -> list[Any]:
    """Returns rank, song and plays of one hour in GB."""
    query = "select * from charts.top_songs where chart = %(c)s and region = 'GB' and window_start = %(w)s"
    rows = project.read(query, {"c": name, "w": hour(number)})
    return sorted((row.rank, row.song_id, row.plays) for row in rows)


def test_it_is_built_from_then_on_as_long_as_it_was_declared(project: ChartProject, counts: CountedHours) -> None:
    assert len(chart(project, "hour", 1)) == 60
    assert chart(project, "hourly_50", 1) == chart(project, "hour", 1)[:50]
    assert chart(project, "hourly_50", 0) == []
    assert len(project.chart("GB", hour(1))) == 60


def test_earlier_windows_are_built_when_they_are_ranked_again_and_restate_nothing(
    project: ChartProject, counts: CountedHours
) -> None:
    counts.put("GB", hour(0), SONGS)
    project.rank(counts, "rebuild")
    assert chart(project, "hourly_50", 0) == chart(project, "hour", 0)[:50]
    shown = project.read_builds(
        "select chart, max(revision) from builds.chart_revisions where region = 'GB' and chart <> 'day'"
        f" and window_start = '{hour(0)}' group by chart order by chart"
    )
    assert shown == [("hour", 1), ("hourly_50", 1)]
    assert set(project.invoke("test", "--select", "tag:whole").values()) == {"pass"}


def test_open_windows_show_it_live(project: ChartProject, counts: CountedHours) -> None:
    with project.server.connect("live") as connection:
        fill_live(connection, {Window("hour", "GB", hour(2)): SONGS})
        open_windows(connection, OpenFrom(hour=hour(2), day=hour(2)))
    assert len(chart(project, "hour", 2)) == 60
    assert chart(project, "hourly_50", 2) == chart(project, "hour", 2)[:50]
    project.execute("dbt", "update charts.charts set live = false where name = 'hourly_50'")
    assert chart(project, "hourly_50", 2) == []
