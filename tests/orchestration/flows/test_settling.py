"""Windows freeze, settle from silver, and are compared with live counts at the same offsets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from pyspark.sql import DataFrame, SparkSession

from orchestration.counts import check_live as checking
from orchestration.counts.windows import NEVER, Bounds, freeze, plan_settling, read_settled, settle, switch_live
from tests.orchestration.marks import marked_slices
from tests.orchestration.settled_line import DAY, SettledLine, play_at
from tests.stack import PostgresServer

Loader = psycopg.Connection[Any]
NOON, TEN = DAY + timedelta(hours=12), DAY + timedelta(hours=10)
MIDNIGHT = DAY + timedelta(days=1)


@pytest.fixture
def line(spark: SparkSession, lake_root: str, loader: Loader, database: PostgresServer) -> Iterator[SettledLine]:
    """A line whose windows are open from a day on."""
    with database.connect("live") as live:
        yield SettledLine(spark, lake_root, loader, live)


def written(loader: Loader) -> list[Any]:
    """Which version of each row of counts is the current one."""
    return loader.execute("select ctid, xmin::text from counts.song_counts order by ctid").fetchall()


def waiting(loader: Loader) -> set[Any]:
    return set(loader.execute("select grain, region from counts.windows_to_rank").fetchall())


def test_a_freeze_is_confirmed_by_the_counter_and_settles_once_silver_covers_it(line: SettledLine) -> None:
    line.post([play_at(9), play_at(10)])
    assert not freeze(line.loader, NOON, 0)
    line.count_live([])
    assert freeze(line.loader, NOON, 0)
    assert line.plan().is_idle
    line.enrich()
    assert line.plan().end == Bounds(NOON, DAY)


def test_slices_of_open_windows_stay_marked_and_are_not_counted(line: SettledLine) -> None:
    line.post([play_at(9), play_at(10), play_at(12)])
    assert line.count(line.freeze(TEN)) == 1
    assert line.counts("hour") == {("GB", 9): (1, 1), ("global", 9): (1, 1)}
    assert line.counts("day") == {}
    assert marked_slices(line.loader) == [("GB", TEN), ("GB", NOON)]


def test_live_equals_settled_at_the_freeze_and_later_plays_are_the_lakes(line: SettledLine) -> None:
    hour = [play_at(9, minute=minute) for minute in range(12)]
    others = [play_at(9, "other", region="DE"), play_at(9, "third", ms_played=7), play_at(10, "third")]
    line.post([*hour, hour[0], *others, b"nonsense"])
    freeze(line.loader, TEN, 0)
    line.post([play_at(9, "late"), play_at(9, "other", region="DE"), play_at(10, "late")])
    settling = line.freeze(TEN)
    assert line.check(settling) == []
    line.count(settling)
    assert line.counts("hour")["GB", 9] == (11, 2)
    assert line.counts("hour")["global", 9] == (12, 3)


def test_without_the_offsets_of_the_freeze_the_check_is_red(line: SettledLine, monkeypatch: pytest.MonkeyPatch) -> None:
    line.post([play_at(9)])
    freeze(line.loader, TEN, 0)
    line.post([play_at(9, "late")])
    settling = line.freeze(TEN)

    def keep_all(rows: DataFrame, limits: DataFrame, grain: str) -> DataFrame:
        return rows.filter("hour = 9")

    monkeypatch.setattr(checking, "_before", keep_all)
    assert {difference.region for difference in line.check(settling)} == {"GB", "global"}


def test_a_wrong_live_count_is_named_with_both_numbers_and_the_lake_wins(line: SettledLine) -> None:
    line.post([play_at(9), play_at(9, "other", region="DE")])
    settling = line.freeze(TEN)
    line.loader.execute("update live.song_counts set plays = plays + 4 where hour = 9 and region = 'GB'")
    (difference,) = line.check(settling)
    assert str(difference) == "hour GB 2026-11-01T09:00Z: live has 5 plays, settled 1; 1 songs differ"
    line.count(settling)
    settle(line.loader, settling)
    assert line.counts("hour")["GB", 9] == (1, 1)
    assert read_settled(line.loader) == Bounds(TEN, DAY)


@pytest.mark.parametrize("change", ["listeners = 2", "last_played_at = null", "duplicates = 1", "late = 1"])
def test_every_counter_is_compared(line: SettledLine, change: str) -> None:
    line.post([play_at(9)])
    settling = line.freeze(TEN)
    line.loader.execute(f"update live.song_counts set {change} where hour = 9 and region = 'global'")
    assert [difference.region for difference in line.check(settling)] == ["global"]


def test_a_window_that_only_one_side_has_differs(line: SettledLine) -> None:
    line.post([play_at(9), play_at(8)])
    settling = line.freeze(TEN)
    line.loader.execute("delete from live.song_counts where hour = 9 and region = 'GB'")
    line.loader.execute("update live.song_counts set region = 'FR' where hour = 8 and region = 'GB'")
    found = {(difference.region, difference.window_start.hour) for difference in line.check(settling)}
    assert found == {("GB", 9), ("GB", 8), ("FR", 8)}


def test_a_day_is_summed_when_it_settles_and_when_it_changes_afterwards(line: SettledLine) -> None:
    line.post([play_at(9), play_at(10), play_at(10, "other", region="DE")])
    first = line.freeze(NOON)
    line.count(first)
    settle(line.loader, first)
    line.loader.execute("truncate counts.windows_to_rank")
    settling = line.freeze(MIDNIGHT)
    assert settling.end == Bounds(MIDNIGHT, MIDNIGHT)
    assert line.check(settling) == []
    assert line.count(settling) == 0
    assert line.counts("day") == {("GB", 0): (2, 1), ("DE", 0): (1, 1), ("global", 0): (3, 2)}
    assert waiting(line.loader) == {("day", "GB"), ("day", "DE"), ("day", "global")}
    settle(line.loader, settling)

    line.post([play_at(10, "late")])
    line.enrich()
    assert line.count(line.plan()) == 1
    assert line.counts("day")["GB", 0] == (3, 2)
    assert line.counts("day")["global", 0] == (4, 3)


def test_a_late_play_of_a_settled_hour_leaves_its_open_day_alone(line: SettledLine) -> None:
    line.post([play_at(9)])
    settling = line.freeze(TEN)
    line.count(settling)
    settle(line.loader, settling)
    line.post([play_at(9, "late")])
    line.enrich()
    assert line.count(line.plan()) == 1
    assert line.counts("hour")["GB", 9] == (2, 2)
    assert line.counts("day") == {}


def test_a_run_in_which_nothing_changed_writes_nothing(line: SettledLine) -> None:
    line.post([play_at(9), play_at(9)])
    settling = line.freeze(MIDNIGHT)
    line.count(settling)
    before = written(line.loader)
    line.loader.execute("truncate counts.windows_to_rank")
    line.loader.execute("insert into counts.slices_to_count values ('GB', %s)", (TEN - timedelta(hours=1),))
    line.count(settling)
    settle(line.loader, settling)
    assert line.count(line.plan()) == 0
    assert (written(line.loader), waiting(line.loader)) == (before, set())


def test_a_run_that_was_stopped_before_it_settled_is_repeated(line: SettledLine) -> None:
    line.post([play_at(9)])
    line.count(line.freeze(TEN))
    again = line.plan()
    assert again.end.hour == TEN
    assert line.count(again) == 0
    assert line.check(again) == []


def test_without_live_counts_every_window_is_settled_and_later_the_next_ones_are_open(loader: Loader) -> None:
    now = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
    switch_live(loader, False, now)
    assert read_settled(loader) == Bounds(NEVER, NEVER)
    assert plan_settling(loader, {}).is_idle
    switch_live(loader, True, now)
    assert read_settled(loader) == Bounds(TEN, MIDNIGHT)
    switch_live(loader, True, now + timedelta(days=3))
    assert read_settled(loader) == Bounds(TEN, MIDNIGHT)


def test_a_partition_without_a_confirmed_freeze_keeps_windows_open(line: SettledLine) -> None:
    line.post([play_at(9)])
    line.freeze(TEN)
    line.loader.execute("delete from live.freezes where partition = 1 and counted_from = %s", (TEN,))
    assert line.plan().is_idle
