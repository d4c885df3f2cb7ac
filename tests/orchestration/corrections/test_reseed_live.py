"""Live counts loaded from silver equal those that the counter made of the same messages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import Connection
from pyspark.sql import SparkSession

from ingest.play import Play
from orchestration.corrections.reseed_live import reseed_live
from orchestration.silver.enrich_plays import enrich_plays
from streaming.live.counter import LiveCounter
from streaming.live.offsets import OffsetConflictError, next_offsets, read_offsets
from streaming.live.source import check_source, read_offset_base
from streaming.source_identity import SourceIdentity
from streaming.stored_source import store_source
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze
from tests.servers import PostgresServer
from tests.streaming.live.live_store import Topic, count_batch, open_windows, read_counts
from tests.streaming.live.naive_counts import count_naively
from tests.streaming.live.random_plays import DAY, random_plays

HOUR = timedelta(hours=1)
FIRST_HOUR = DAY + 5 * HOUR


@pytest.fixture
def live(database: PostgresServer) -> Iterator[Connection[Any]]:
    """The live counter's connection; plays of DAY are open, its first five hours are not."""
    with database.connect("live") as connection:
        open_windows(connection, DAY)
        open_windows(connection, FIRST_HOUR, "hour")
        yield connection


def enrich(spark: SparkSession, lake_root: str, loader: Connection[Any], plays: list[Play]) -> None:
    """Bring plays into silver as messages of partition 0."""
    append_bronze(spark, lake_root, *(play.to_value() for play in plays))
    enrich_plays(spark, lake_root, loader)


def open_counts(connection: Connection[Any]) -> dict[Any, Any]:
    """The counts of the windows that readers see: hours that are not open may have rows or none."""
    return {
        window: counts
        for window, counts in read_counts(connection).items()
        if window[1] < 0 or datetime(*window[0].timetuple()[:3], window[1], tzinfo=UTC) >= FIRST_HOUR
    }


@pytest.mark.timeout(900)
def test_a_reseed_equals_the_counter_and_repairs_lost_and_changed_tables(
    spark: SparkSession, lake_root: str, loader: Connection[Any], live: Connection[Any]
) -> None:
    plays, topic, counter = random_plays(random.Random(1), 200), Topic(partitions=1), LiveCounter(live)
    messages = topic.append(plays)
    enrich(spark, lake_root, loader, plays)
    expected = count_naively(plays, FIRST_HOUR, DAY)

    reseeded = reseed_live(spark, lake_root, loader)
    assert open_counts(live) == expected
    assert read_offsets(live, [0]) == {0: len(plays)}
    assert reseeded.plays == sum(counts.raw_plays for (_, hour, region, _), counts in expected.items()
                                 if hour == -1 and region != "global")  # fmt: skip

    more = random_plays(random.Random(2), 50)
    count_batch(counter, live, topic.append(more))
    counted = open_counts(live)
    assert counted == count_naively(plays + more, FIRST_HOUR, DAY)

    live.execute("update live.song_counts set plays = plays + 1")
    live.execute("delete from live.plays")
    before = read_offsets(live, [0])
    reseed_live(spark, lake_root, loader)
    assert open_counts(live) == expected
    with pytest.raises(OffsetConflictError):
        counter.count([], before, next_offsets(before, []), {})
    count_batch(counter, live, topic_messages(messages, more))
    assert open_counts(live) == counted


def topic_messages(former: list[Any], more: list[Play]) -> list[Any]:
    """The messages after the former ones, as a counter reads them again."""
    topic = Topic(partitions=1)
    topic.ends[0] = len(former)
    return topic.append(more)


def test_frozen_windows_are_noted_at_silvers_offsets(
    spark: SparkSession, lake_root: str, loader: Connection[Any], live: Connection[Any]
) -> None:
    enrich(spark, lake_root, loader, [recorded_play(), recorded_play(title="Naima")])
    live.execute("update live.open_windows set open_from = %s where grain = 'hour'", (DAY,))
    live.execute("insert into live.freezes values ('hour', %s, 0, 1)", (DAY + HOUR,))
    reseed_live(spark, lake_root, loader)
    freezes = live.execute("select grain, counted_from, partition, next_offset from live.freezes order by 1, 2")
    expected = [("day", DAY, 0, 2), ("hour", DAY + HOUR, 0, 2), ("hour", FIRST_HOUR, 0, 2)]
    assert freezes.fetchall() == expected


def test_a_reader_in_the_way_leaves_everything_as_it_was(
    spark: SparkSession, lake_root: str, loader: Connection[Any], live: Connection[Any], database: PostgresServer
) -> None:
    enrich(spark, lake_root, loader, [recorded_play()])
    counter = LiveCounter(live)
    count_batch(counter, live, Topic(partitions=1).append([recorded_play(), recorded_play(title="Naima")]))
    counted = read_counts(live)
    with database.connect("live") as reader, reader.transaction():
        reader.execute("select count(*) from live.song_counts")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            reseed_live(spark, lake_root, loader)
    assert read_counts(live) == counted
    assert read_offsets(live, [0]) == {0: 2}


def test_with_live_counts_off_nothing_is_loaded(
    spark: SparkSession, lake_root: str, loader: Connection[Any], live: Connection[Any]
) -> None:
    enrich(spark, lake_root, loader, [recorded_play()])
    live.execute("update live.open_windows set open_from = 'infinity', counted_from = 'infinity'")
    assert reseed_live(spark, lake_root, loader).days == []
    assert read_counts(live) == {}


def test_a_reseed_goes_on_from_the_topic_that_the_lake_adopted(
    spark: SparkSession, lake_root: str, loader: Connection[Any], live: Connection[Any]
) -> None:
    check_source(live, SourceIdentity("first", "key"))
    enrich(spark, lake_root, loader, random_plays(random.Random(3), 5))
    reseed_live(spark, lake_root, loader)
    assert read_offset_base(live) == {}
    store_source(spark, lake_root, {"topic_id": "second", "user_id_fingerprint": "key", "offset_base": '{"0": 5}'})
    reseed_live(spark, lake_root, loader)
    check_source(live, SourceIdentity("second", "key"))
    assert (read_offset_base(live), read_offsets(live, [0])) == ({0: 5}, {0: 5})
