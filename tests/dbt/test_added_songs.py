"""Charts drawn from what they show and what was added equal charts drawn from all songs, whatever was added."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from orchestration.add_counts import add_rows, no_copies
from orchestration.build_charts import ChartBuildError, build_charts
from orchestration.known_listeners import KnownListeners
from orchestration.listeners import DayListeners
from orchestration.slices import Mark
from streaming.rules import CAP
from tests.dbt.chart_project import PROJECT, ChartProject
from tests.dbt.counted_hours import day
from tests.dbt.listener_rows import listener_rows

REGIONS = [f"{letter}{other}" for letter in "ABCDEF" for other in "GHIJ"]
SIZE = 3
SHOWN = """
    select 'hour' as grain, region, window_start, rank, song_id from charts.top_songs_hourly
    union all
    select 'day', region, window_start, rank, song_id from charts.top_songs_daily
    order by grain, region, window_start, rank
"""
ALL_SONGS = f"""
    select grain, region, window_start, rank, song_id
    from (
        select *, row_number() over (
            partition by grain, region, window_start
            order by plays desc, listeners desc, last_played_at, song_id collate "C"
        ) as rank
        from counts.song_counts where plays > 0
    ) as songs
    where rank <= {SIZE}
    order by grain, region, window_start, rank
"""
WHOLE = (
    "charts_equal_full_recomputation",
    "chart_windows_equal_counts",
    "window_counts_equal_counts",
    "window_totals_equal_counts",
)
EXPLAIN = "explain (analyze, format json)"
Plays = Counter[tuple[str, datetime, str, str]]


def test_charts_drawn_from_additions_equal_charts_drawn_from_all_songs(project: ChartProject) -> None:
    random, known, short = Random(8), KnownListeners({day(1).date(): DayListeners()}), project.with_chart_size(SIZE)
    drawn_from_additions = 0
    for number in range(14):
        plays = Counter(_any_play(random) for _ in range(random.choice([1, 8, 60, 400])))
        with project.server.connect("loader") as connection:
            _add(connection, known, plays, minute=number)
            short.build("round")
            drawn_from_additions += _finish(connection)
            assert short.read(SHOWN) == connection.execute(ALL_SONGS).fetchall()
    assert drawn_from_additions > 500
    statuses = short.invoke("test", "--select", *WHOLE)
    assert list(statuses.values()) == ["pass"] * len(WHOLE), statuses


def test_a_song_that_sinks_by_a_play_beyond_the_cap_makes_room_for_one_that_nothing_was_added_to(
    project: ChartProject,
) -> None:
    known, short = KnownListeners({day(1).date(): DayListeners()}), project.with_chart_size(1)
    first, second = ("GB", day(1), "first", "a"), ("GB", day(1), "second", "a")
    leaders = []
    with project.server.connect("loader") as connection:
        for minute, plays in enumerate([{first: 4}, {second: 4}, {first: 1}]):
            _add(connection, known, Plays(plays), minute)
            short.build("round")
            _finish(connection)
            leaders.append([row.song_id for row in short.chart("GB", day(1))])
    assert leaders == [["first"], ["first"], ["second"]]


def test_of_a_day_that_only_grew_a_song_that_grew_must_be_the_sum_of_its_hours(project: ChartProject) -> None:
    with project.server.connect("loader") as connection:
        _add_to_drawn_charts(project, connection, Plays({("GB", day(1), "first", "a"): 1}))
        connection.execute("update counts.song_counts set late = 1 where grain = 'day'")
        assert project.invoke("build", "--selector", "round")["hours_sum_to_day"] == "fail"
        assert _finish(connection) == 4


def test_no_statement_of_a_round_does_for_each_song_what_takes_all_songs(project: ChartProject) -> None:
    _add_a_hundred_songs_to_drawn_charts(project)
    for role in ("loader", "dbt"):
        project.execute(role, "analyze")
    project.build("round")
    statements = project.compiled("tests/round") | project.compiled("models/intermediate")
    assert len(statements) == 4 + 3
    _assert_each_row_is_touched_few_times(project, statements)


def test_the_tests_of_a_round_stay_cheap_where_the_planner_expects_hardly_a_row(project: ChartProject) -> None:
    _add_a_hundred_songs_to_drawn_charts(project)
    project.build("round")
    # What it chooses by itself when it last looked at the lists of work while they were empty.
    _assert_each_row_is_touched_few_times(
        project, project.compiled("tests/round"), "set enable_hashjoin = off; set enable_mergejoin = off"
    )


def test_after_a_failure_charts_are_drawn_from_all_songs_and_the_list_of_additions_does_not_grow(
    project: ChartProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = {"DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)}
    for name, value in {**project.environment, **places}.items():
        monkeypatch.setenv(name, value)
    known, hour = KnownListeners({day(1).date(): DayListeners()}), day(1)
    with project.server.connect("loader") as loader:
        _add(loader, known, Plays({("GB", hour, "first", "a"): 2}), minute=0)
        build_charts(loader, PROJECT)
        _add(loader, known, Plays({("GB", hour, "second", "a"): 1}), minute=1)
        loader.execute("update counts.song_counts set raw_plays = raw_plays + 1")
        with pytest.raises(ChartBuildError, match="raw_plays_add_up"):
            build_charts(loader, PROJECT)
        _add(loader, known, Plays({("GB", hour, "third", "a"): 3}), minute=2)
        assert loader.execute("select count(*), bool_and(whole) from counts.windows_to_rank").fetchone() == (4, True)
        assert loader.execute("select count(*) from counts.added_songs").fetchone() == (0,)
        loader.execute("update counts.song_counts set raw_plays = plays + over_cap")
        assert build_charts(loader, PROJECT).windows == 4
    assert [row.song_id for row in project.chart("GB", hour)] == ["third", "first", "second"]


def _any_play(random: Random) -> tuple[str, datetime, str, str]:
    """A region, hour, song and listener; few listeners, so some pass the cap."""
    hour = day(1) + timedelta(hours=random.randrange(2))
    return random.choice(REGIONS), hour, f"s{int(7 * random.random() ** 2)}", random.choice("abcdef")


def _add(connection: psycopg.Connection[Any], known: KnownListeners, plays: Plays, minute: int) -> None:
    """A listener who plays a song four times passes the cap."""
    rows = listener_rows({key: count * (CAP // 3) for key, count in plays.items()}, minute)
    marks = [Mark(region, hour, 0) for region, hour in sorted({(region, hour) for region, hour, _, _ in plays})]
    add_rows(connection, known, marks, rows, no_copies(rows))


def _add_to_drawn_charts(project: ChartProject, connection: psycopg.Connection[Any], plays: Plays) -> None:
    """Draw charts of some plays and add the same again, so that there are additions to draw and nothing else."""
    known = KnownListeners({day(1).date(): DayListeners()})
    _add(connection, known, plays, minute=0)
    project.build("round")
    _finish(connection)
    _add(connection, known, plays, minute=1)


def _add_a_hundred_songs_to_drawn_charts(project: ChartProject) -> None:
    """In six regions and both grains, and with `global`: 1,400 entries."""
    plays = Plays({(region, day(1), f"s{song}", "a"): 1 for region in REGIONS[:6] for song in range(100)})
    with project.server.connect("loader") as connection:
        _add_to_drawn_charts(project, connection, plays)


def _assert_each_row_is_touched_few_times(
    project: ChartProject, statements: Mapping[str, str], settings: str = ""
) -> None:
    """At most each of the 1,400 entries with each of the 14 windows; with the others of its window is 140,000."""
    with project.server.connect("dbt") as connection:
        connection.execute(settings.encode())
        for name, query in statements.items():
            (((plan,),),) = connection.execute(f"{EXPLAIN} {query}".encode()).fetchall()
            assert max(_rows_touched(plan["Plan"])) <= 1_400 * 14, name


def _rows_touched(node: Mapping[str, Any]) -> Iterator[float]:
    """The rows that each step of a plan handed on or threw away, in all of its runs."""
    thrown_away = sum(rows for fact, rows in node.items() if fact.startswith("Rows Removed by"))
    yield (node["Actual Rows"] + thrown_away) * node["Actual Loops"]
    for part in node.get("Plans", ()):
        yield from _rows_touched(part)


def _finish(connection: psycopg.Connection[Any]) -> int:
    """Clear the list of work as a round does; returns how many charts were not drawn from all songs."""
    query = "select count(*) from counts.windows_to_rank where not whole"
    ((added_to,),) = connection.execute(query).fetchall()
    connection.execute("truncate counts.windows_to_rank, counts.added_songs")
    return int(added_to)
