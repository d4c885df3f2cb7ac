"""A withdrawn key's plays leave live and settled counts, stay out, and come back when the withdrawal is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from ingest.play import Play
from orchestration.corrections.reseed_live import reseed_live
from orchestration.corrections.withdraw import Withdrawal, withdraw_plays
from orchestration.counts.windows import settle
from orchestration.ledger.changed_slices import newest_batch
from orchestration.ledger.conservation import check_tables
from orchestration.ledger.enrichments import erased_rows, stored_tables
from orchestration.ledger.table_rows import count_tables
from tests.orchestration.settled_line import DAY, SettledLine, play_at
from tests.stack import PostgresServer
from tests.streaming.live.live_store import read_counts
from tests.streaming.live.naive_counts import count_naively

Loader = psycopg.Connection[Any]
TEN = DAY + timedelta(hours=10)
ABUSED = "0badc0de"


@pytest.fixture
def line(spark: SparkSession, lake_root: str, loader: Loader, database: PostgresServer) -> Iterator[SettledLine]:
    """A line whose windows are open from a day on."""
    with database.connect("live") as live:
        yield SettledLine(spark, lake_root, loader, live)


def of_key(play: Play, key_id: str = ABUSED) -> Play:
    """The play as the abused key submitted it."""
    return play.model_copy(update={"key_id": key_id})


def live_counts(line: SettledLine) -> dict[Any, Any]:
    """The live counts of open windows: of hours from ten on and of the day."""
    return {window: counts for window, counts in read_counts(line.live).items() if window[1] < 0 or window[1] >= 10}


def change(line: SettledLine, *, undo: bool = False) -> Withdrawal:
    """Withdraw the abused key or undo it, as the flow does, all but dbt."""
    withdrawal = withdraw_plays(line.spark, line.lake_root, line.loader, ABUSED, undo=undo)
    line.count(line.plan())
    reseed_live(line.spark, line.lake_root, line.loader)
    return withdrawal


@pytest.mark.timeout(900)
def test_plays_of_a_withdrawn_key_leave_every_count_and_come_back(line: SettledLine) -> None:
    honest = [play_at(9), play_at(9, "third", region="DE"), play_at(10), play_at(11, "third")]
    abuse = [of_key(play_at(hour, f"bot-{number}")) for hour in (9, 10, 11) for number in range(3)]
    copy_of_abuse = play_at(10, "bot-0")
    line.post([*honest, *abuse, copy_of_abuse])
    settling = line.freeze(TEN)
    line.count(settling)
    settle(line.loader, settling)
    before, live_before = line.counts("hour"), live_counts(line)
    assert before == {("DE", 9): (1, 1), ("GB", 9): (4, 4), ("global", 9): (5, 5)}
    line.loader.execute("delete from counts.windows_to_rank")

    withdrawal = change(line)
    assert (withdrawal.plays, withdrawal.slices) == (9, 3)
    assert line.counts("hour") == {("DE", 9): (1, 1), ("GB", 9): (1, 1), ("global", 9): (2, 2)}
    causes = line.loader.execute("select distinct region, cause::text from counts.windows_to_rank").fetchall()
    assert set(causes) == {("GB", "withdrawn"), ("global", "withdrawn")}
    assert {window: (of.plays, of.listeners) for window, of in live_counts(line).items() if window[1] >= 10} == {
        (*window[:2], region, window[3]): (1, 1)
        for window in count_naively(honest[2:], TEN, DAY)
        if window[1] >= 10
        for region in ("GB", "global")
    }
    assert {of.duplicates for window, of in live_counts(line).items() if window[1] == 10} == {1}
    stored, newest = stored_tables(line.loader) or {}, newest_batch(line.loader)
    check_tables(count_tables(line.spark, line.lake_root, stored, newest), erased_rows(line.loader))

    undone = change(line, undo=True)
    assert (undone.plays, line.counts("hour"), live_counts(line)) == (9, before, live_before)


@pytest.mark.timeout(900)
def test_later_plays_of_a_withdrawn_key_are_not_counted_and_live_equals_settled(line: SettledLine) -> None:
    line.post([of_key(play_at(9, "bot"))])
    line.enrich()
    change(line)
    line.post([of_key(play_at(9, "other-bot", title="SPAM")), play_at(9), of_key(play_at(10, "other-bot"))])
    # A play that does not count names no song.
    assert line.live.execute("select title from live.songs").fetchall() == [("a",)]
    line.post([play_at(9, "other-bot", title="SPAM")])
    settling = line.freeze(TEN)
    assert line.check(settling) == []
    line.count(settling)
    assert line.counts("hour") == {("GB", 9): (1, 1), ("global", 9): (1, 1)}


def test_a_withdrawal_of_a_key_without_plays_changes_nothing(line: SettledLine) -> None:
    line.post([play_at(9)])
    line.enrich()
    assert change(line).plays == 0
    assert line.loader.execute("select key_id from live.withdrawn_keys").fetchall() == [(ABUSED,)]
    assert change(line).slices == 0
