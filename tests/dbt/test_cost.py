"""A build costs what changed: it looks history up by key and never reads it through."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.chart_project import PRUNE_BUILDS, ChartProject
from tests.dbt.counted_hours import CountedHours, hour

HOURS = 240
SONGS = 30
REGIONS = ("DE", "FR", "GB", "JP", "US")
READ_THROUGH = """
    select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables
    where schemaname in ('charts', 'builds') or relname = 'song_counts'
"""
LONG_AGO = """
    insert into builds.chart_revisions
    select 'hour', region, start, 1, null, start + interval '1 hour', 0, 0, 0, 0, 0, 0, 0, 0, null, null, now(), null,
        0, 0, false, false
    from charts.regions cross join generate_series(timestamptz '2023-01-01', '2023-02-01', '1 hour') as hours (start)
"""
EXPLAIN = "explain (analyze, format json)"
HISTORY = """
    select (select count(*) from charts.top_songs_hourly) + (select count(*) from charts.settled_windows)
"""


def songs(first: int) -> dict[str, int]:
    """Returns a full hour in which each song has its own number of plays."""
    return {f"song {number}": 1 + (number + first) % SONGS for number in range(SONGS)}


@pytest.mark.timeout(180)
def test_a_round_of_a_new_and_an_old_hour_reads_no_table_through(project: ChartProject) -> None:
    counts = CountedHours()
    for region in REGIONS:
        for number in range(HOURS):
            counts.put(region, hour(number), songs(number))
    project.rank(counts)
    # The old hour is final, so its former revision is kept too.
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counts.put("GB", hour(HOURS), songs(HOURS))
    counts.put("GB", hour(HOURS // 2), songs(1))
    with project.server.connect("loader") as connection:
        counts.load(connection)
    project.execute("dbt", LONG_AGO)
    with project.server.connect("postgres") as connection:
        connection.execute("vacuum analyze")
        (before,) = connection.execute(READ_THROUGH.encode()).fetchone() or (0,)
        project.build("round")
        connection.execute("select pg_stat_clear_snapshot()")
        (after,) = connection.execute(READ_THROUGH.encode()).fetchone() or (0,)
    ((history,),) = project.read(HISTORY)
    assert history > 200_000
    assert len(project.former_songs("GB", hour(HOURS // 2))) == SONGS
    assert after - before < history / 50


def test_no_statement_of_a_build_does_for_each_song_what_takes_all_songs(project: ChartProject) -> None:
    _put_a_hundred_songs(project)
    for role in ("loader", "dbt"):
        project.execute(role, "analyze")
    project.build("round")
    statements = project.compiled("tests/round") | project.compiled("models/intermediate")
    assert len(statements) == 4 + 4
    _assert_each_row_is_touched_few_times(project, statements)


def test_the_tests_of_a_build_stay_cheap_where_the_planner_expects_hardly_a_row(project: ChartProject) -> None:
    _put_a_hundred_songs(project)
    project.build("round")
    # What it chooses by itself when it last looked at the lists of work while they were empty.
    _assert_each_row_is_touched_few_times(
        project, project.compiled("tests/round"), "set enable_hashjoin = off; set enable_mergejoin = off"
    )


def _put_a_hundred_songs(project: ChartProject) -> None:
    """In six regions and both grains, and with `global`: 1,400 entries; the charts are drawn once and change again."""
    counts = CountedHours()
    for plays in (1, 2):
        for region in ("AG", "AH", "AI", "AJ", "BG", "BH"):
            counts.put(region, hour(0), {f"s{song}": plays for song in range(100)})
        with project.server.connect("loader") as connection:
            counts.load(connection)
            if plays == 1:
                project.build("round")
                connection.execute("truncate counts.windows_to_rank")


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


def test_pruning_looks_builds_up(project: ChartProject) -> None:
    """However few rows the planner expects, superseded builds are found by their windows."""
    _put_a_hundred_songs(project)
    with project.server.connect("loader") as connection:
        (((plan,),),) = connection.execute(f"{EXPLAIN} {PRUNE_BUILDS.decode()}".encode()).fetchall()
        assert max(_rows_touched(plan["Plan"])) <= 2 * 1_400 * 14
        assert connection.execute(PRUNE_BUILDS).rowcount == 0
