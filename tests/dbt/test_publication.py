"""A round is published whole or not at all, whatever ends it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.dbt.chart_project import ChartProject
from tests.dbt.counted_hours import CountedHours, hour
from tests.dbt.naive_charts import naive_charts

DBT = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet"]
CONNECTED = b"select count(*) from pg_stat_activity where usename = 'dbt' and datname = current_database()"
WINDOWS = ("chart_windows", "window_counts", "former_windows", "former_songs", "revision_causes")
WAITING = CONNECTED + b" and wait_event_type = 'Lock'"


@pytest.fixture
def counts(project: ChartProject) -> CountedHours:
    """A published and final chart, and changed counts that are loaded but not ranked yet."""
    counted = CountedHours()
    counted.put("GB", hour(0), {"a": 5, "b": 3})
    counted.put("GB", hour(1), {"a": 5, "b": 3})
    project.rank(counted)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=1))
    counted.put("GB", hour(0), {"a": 5, "b": 8})
    with project.server.connect("loader") as connection:
        counted.load(connection)
    return counted


def published(project: ChartProject) -> tuple[Any, ...]:
    """Returns everything a reader sees of the charts."""
    windows = [project.read(f"select * from charts.{table} order by 1, 2, 3, 4") for table in WINDOWS]
    return project.entries(), windows


def kept_revisions(project: ChartProject) -> list[int]:
    """Returns the former revisions of the restated hour, one for each of its two songs."""
    return [row.revision for row in project.former_songs("GB", hour(0))]


def wait_until(holds: Callable[[], bool]) -> None:
    """Waits for a condition, at most three minutes."""
    end = time.monotonic() + 180
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def kill_before_its_last_statement(project: ChartProject, look: Callable[[], None]) -> None:
    """Runs a round that, with its entries appended, comes to wait for the last table; looks, then kills it."""
    arguments = project.command("build", "--selector", "round")
    with project.server.connect("postgres") as holder, project.server.connect("postgres") as watcher:
        with holder.transaction():
            holder.execute("lock table builds.chart_revisions in share row exclusive mode")
            process = subprocess.Popen([*DBT, *arguments], env={**os.environ, **project.environment})
            try:
                wait_until(lambda: watcher.execute(WAITING).fetchone() == (1,))
                look()
            finally:
                process.kill()
                process.wait()
        wait_until(lambda: watcher.execute(CONNECTED).fetchone() == (0,))


@pytest.mark.timeout(180)
def test_a_round_killed_while_it_publishes_changes_nothing_and_the_next_one_counts_its_revision_once(
    project: ChartProject, counts: CountedHours
) -> None:
    before = published(project)

    def nothing_is_seen_yet() -> None:
        assert published(project) == before

    kill_before_its_last_statement(project, nothing_is_seen_yet)
    assert published(project) == before
    project.build("round")
    assert project.entries() == naive_charts(counts.windows(), 100)
    assert project.window("GB", hour(0)).revision == 2
    assert kept_revisions(project) == [1, 1]


def test_a_round_repeated_after_it_was_published_counts_its_revision_once(
    project: ChartProject, counts: CountedHours
) -> None:
    project.build("round")
    after = published(project)
    project.set_complete_through(datetime.now(UTC) + timedelta(days=2))
    project.build("round")
    assert published(project) == after
    assert project.window("GB", hour(0)).revision == 2
    assert kept_revisions(project) == [1, 1]


@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        ("raw_plays_add_up", "update counts.song_counts set raw_plays = raw_plays + 1"),
        (
            "hours_sum_to_day",
            "update counts.song_counts set plays = plays + 1, raw_plays = raw_plays + 1 where grain = 'day'",
        ),
        ("hours_sum_to_day", "update counts.song_counts set late = 1 where grain = 'hour'"),
        (
            "regions_sum_to_global",
            "update counts.song_counts set over_cap = 1, raw_plays = plays + 1 where region = 'GB'",
        ),
        ("regions_sum_to_global", "delete from counts.song_counts where region = 'global' and song_id = 'a'"),
    ],
)
def test_a_broken_rule_keeps_the_last_good_charts_and_is_named(
    project: ChartProject, counts: CountedHours, rule: str, damage: str
) -> None:
    before = published(project)
    project.execute("loader", damage)
    statuses = project.invoke("build", "--selector", "round")
    assert statuses[rule] == "fail"
    assert statuses["chart_revisions"] == "skipped"
    assert published(project) == before


def test_what_a_failed_round_left_behind_is_never_published(project: ChartProject, counts: CountedHours) -> None:
    before = published(project)
    left_behind = ("int_ranked_songs", "int_window_changes", "int_chart_entries", "int_chart_builds", "chart_entries")
    project.invoke("build", "--select", *left_behind)
    project.build("foundation")
    project.invoke("build", "--select", "chart_revisions")
    assert published(project) == before


UNWHOLE = b"""
    create function builds.lose_an_entry() returns trigger language plpgsql as
    'begin return case when new.rank = 2 then null else new end; end';
    create trigger lose_an_entry before insert on builds.chart_entries
    for each row execute function builds.lose_an_entry()
"""
WHOLE_AGAIN = b"drop function builds.lose_an_entry cascade"


def test_entries_that_fail_a_test_are_never_shown_and_the_next_run_repairs_them(
    project: ChartProject, counts: CountedHours
) -> None:
    before = published(project)
    with project.server.connect("dbt") as connection:
        connection.execute(UNWHOLE)
        statuses = project.invoke("build", "--selector", "round")
        connection.execute(WHOLE_AGAIN)
    assert (statuses["chart_entries"], statuses["ranks_are_dense_and_unique"]) == ("success", "fail")
    assert statuses["chart_revisions"] == "skipped"
    assert published(project) == before
    left_behind = project.read_builds(NOT_SHOWN)
    assert left_behind != []
    project.rank(counts)
    assert project.entries() == naive_charts(counts.windows(), 100)
    assert kept_revisions(project) == [1, 1]
    assert project.read_builds(NOT_SHOWN) == []


NOT_SHOWN = """
    select * from builds.chart_entries as entries
    where build_id not in (select build_id from builds.chart_revisions where build_id is not null)
"""
