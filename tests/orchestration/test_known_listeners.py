"""What one process knows of listeners is what silver holds of counted batches, also where another one counted them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from orchestration import known_listeners
from orchestration.enrich_plays import enrich_plays
from orchestration.known_listeners import KnownListeners
from orchestration.publish_counts import publish_counts
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze

TEN = datetime(2026, 11, 1, 10, tzinfo=UTC)
DAYS = [TEN.date()]
LISTENED = "select region, plays, listeners from counts.song_counts where grain = 'day' order by region"


class Rounds:
    """Two processes' rounds on one lake: each batch is of one Kafka partition, as its offsets go on."""

    def __init__(self, spark: SparkSession, lake_root: str, loader: psycopg.Connection[Any]) -> None:
        self.lake, self.loader = (spark, lake_root), loader
        self._ends: dict[int, int] = {}

    def bring(self, partition: int = 0, **play: Any) -> None:
        """One more play is in silver."""
        first = self._ends.get(partition, 0)
        self._ends[partition] = first + 1
        value = recorded_play(**{"played_at": TEN, **play}).to_value()
        append_bronze(*self.lake, value, partition=partition, first_offset=first)
        enrich_plays(*self.lake, self.loader)

    def count(self, known: KnownListeners) -> list[Any]:
        """The process that knows these listeners counts; returns what the day's charts are made of."""
        publish_counts(*self.lake, self.loader, known)
        return self.loader.execute(LISTENED).fetchall()

    def prepare(self) -> KnownListeners:
        """What a successor knows before its turn."""
        known = KnownListeners()
        known.prepare(*self.lake, self.loader, DAYS)
        return known


@pytest.fixture
def rounds(spark: SparkSession, lake_root: str, loader: psycopg.Connection[Any]) -> Rounds:
    return Rounds(spark, lake_root, loader)


def refuse_to_read(*_: object) -> None:
    raise AssertionError("a whole day was read")


def test_a_successor_need_not_read_the_day_when_its_turn_comes(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    predecessor = KnownListeners()
    rounds.bring(play_id="before")
    rounds.count(predecessor)
    successor = rounds.prepare()
    for number in range(2):
        rounds.bring(play_id=f"meanwhile-{number}", user_id="b" * 64)
        rounds.count(predecessor)
    monkeypatch.setattr(known_listeners, "_read_day", refuse_to_read)
    rounds.bring(play_id="after", user_id="b" * 64)
    assert rounds.count(successor) == [("GB", 4, 2), ("global", 4, 2)]
    rounds.bring(play_id="one-more")
    with pytest.raises(AssertionError, match="whole day"):
        rounds.count(KnownListeners())


def test_a_batch_that_waited_when_the_successor_made_ready_is_not_taken_for_counted(rounds: Rounds) -> None:
    rounds.bring(play_id="counted")
    rounds.count(KnownListeners())
    rounds.bring(play_id="waiting", user_id="b" * 64)
    assert rounds.count(rounds.prepare()) == [("GB", 2, 2), ("global", 2, 2)]


def test_a_batch_that_was_counted_in_the_end_is_not_taken_for_waiting(rounds: Rounds) -> None:
    predecessor = KnownListeners()
    rounds.bring(play_id="counted")
    rounds.count(predecessor)
    rounds.bring(play_id="waiting", user_id="b" * 64)
    successor = rounds.prepare()
    rounds.count(predecessor)
    rounds.bring(play_id="after", user_id="b" * 64)
    assert rounds.count(successor) == [("GB", 3, 2), ("global", 3, 2)]


def test_a_play_that_became_a_duplicate_meanwhile_is_forgotten(rounds: Rounds) -> None:
    copied = {"play_id": "copied", "user_id": "b" * 64}
    predecessor = KnownListeners()
    rounds.bring(partition=1, region="DE", **copied)
    rounds.count(predecessor)
    successor = rounds.prepare()
    rounds.bring(partition=0, region="GB", **copied)
    assert rounds.count(predecessor)[1:] == [("GB", 1, 1), ("global", 1, 1)]
    rounds.bring(region="DE", play_id="another", user_id="b" * 64)
    assert rounds.count(successor) == [("DE", 1, 1), ("GB", 1, 1), ("global", 2, 1)]


def test_batches_that_are_to_be_counted_again_are_not_taken_for_heard(rounds: Rounds) -> None:
    known = KnownListeners()
    rounds.bring(play_id="first")
    rounds.count(known)
    first_batch = known.counted_through
    rounds.loader.execute("truncate counts.song_counts, counts.window_totals")
    again = "insert into counts.slices_to_count (region, hour_start, first_batch) values ('GB', %s, %s)"
    rounds.loader.execute(again, (TEN, first_batch))
    assert rounds.count(known) == [("GB", 1, 1), ("global", 1, 1)]


def test_nothing_is_read_while_a_correction_changes_silver(rounds: Rounds) -> None:
    rounds.bring(play_id="first")
    rounds.loader.execute("insert into counts.corrections (kind, subject) values ('erasure', 'a request')")
    assert rounds.prepare().days == {}
    rounds.loader.execute("update counts.corrections set finished_at = now()")
    assert list(rounds.prepare().days) == DAYS
