"""The counter's SQL against a naive count, and what one transaction promises."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from ingest.play import identify_song
from streaming.live.counter import LiveCounter
from streaming.live.offsets import OffsetConflictError, next_offsets, read_offsets
from streaming.live.staged_plays import pack_song_id
from tests.ingest.builders import recorded_play
from tests.servers import PostgresServer
from tests.streaming.live.live_store import Topic, count_batch, open_windows, read_counts
from tests.streaming.live.naive_counts import count_naively
from tests.streaming.live.random_plays import DAY, random_plays

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("seed", range(12))
def test_any_history_in_any_batches_gives_the_naive_counts(
    counter: LiveCounter, connection: Connection[Any], seed: int
) -> None:
    chance, topic = random.Random(seed), Topic()
    open_windows(connection, DAY)
    open_windows(connection, DAY + 5 * HOUR, "hour")
    plays = random_plays(chance, 300)
    messages = topic.append(plays)
    while messages:
        size = chance.choice([1, 7, 60, 400])
        count_batch(counter, connection, messages[:size])
        messages = messages[size:]
    assert read_counts(connection) == count_naively(plays, DAY + 5 * HOUR, DAY)


def test_of_duplicates_the_lowest_offset_is_the_play_also_within_a_batch(
    counter: LiveCounter, connection: Connection[Any]
) -> None:
    open_windows(connection, DAY)
    first = recorded_play(play_id="p", region="GB")
    second = recorded_play(play_id="p", region="FR")
    count_batch(counter, connection, Topic().append([first, second]))
    song = pack_song_id(identify_song(first.title, first.artist))
    counts = read_counts(connection)
    assert (counts[DAY.date(), 10, "GB", song].plays, counts[DAY.date(), 10, "GB", song].duplicates) == (1, 0)
    assert (counts[DAY.date(), 10, "FR", song].plays, counts[DAY.date(), 10, "FR", song].duplicates) == (0, 1)


def test_plays_of_a_withdrawn_key_are_known_and_not_counted(counter: LiveCounter, connection: Connection[Any]) -> None:
    open_windows(connection, DAY)
    connection.execute("insert into live.withdrawn_keys (key_id) values ('0badc0de')")
    counted = [recorded_play(play_id=f"p{number}", user_id=f"l{number}") for number in range(3)]
    abuse = [play.model_copy(update={"play_id": "bad", "key_id": "0badc0de"}) for play in counted]
    copy_of_abuse = counted[0].model_copy(update={"play_id": "bad"})
    count_batch(counter, connection, Topic().append([*counted, *abuse, copy_of_abuse]))
    song = pack_song_id(identify_song(counted[0].title, counted[0].artist))
    counts = read_counts(connection)[DAY.date(), -1, "global", song]
    assert (counts.plays, counts.raw_plays, counts.listeners, counts.duplicates) == (3, 3, 3, 1)


def test_what_is_no_play_is_skipped_and_its_offset_counted(counter: LiveCounter, connection: Connection[Any]) -> None:
    open_windows(connection, DAY)
    topic = Topic(partitions=1)
    poison = [b"", None, b"\xff\xfe", b"{}", b"[]", recorded_play().to_value()[:-2]]
    count_batch(counter, connection, topic.append([*poison, recorded_play()]))
    assert read_offsets(connection, [0]) == {0: len(poison) + 1}
    assert {counts.plays for counts in read_counts(connection).values()} == {1}


def test_a_batch_whose_offsets_were_moved_counts_nothing(counter: LiveCounter, connection: Connection[Any]) -> None:
    open_windows(connection, DAY)
    messages = Topic(partitions=1).append([recorded_play()])
    before = read_offsets(connection, [0])
    count_batch(counter, connection, messages)
    counted = read_counts(connection)
    with pytest.raises(OffsetConflictError, match="partition 0 is not at offset 0"):
        counter.count(messages, before, next_offsets(before, messages), {})
    assert read_counts(connection) == counted


def test_a_failure_after_counting_leaves_neither_counts_nor_offsets(
    database: PostgresServer, connection: Connection[Any]
) -> None:
    open_windows(connection, DAY)
    messages = Topic(partitions=1).append([recorded_play()])
    with database.connect("live") as doomed:
        counter = LiveCounter(doomed)
        with database.connect("postgres") as operator:
            operator.execute("drop table live.songs")
        with pytest.raises(psycopg.errors.UndefinedTable):
            count_batch(counter, doomed, messages)
    assert read_counts(connection) == {}
    assert read_offsets(connection, [0]) == {0: 0}


def test_a_frozen_hour_stands_still_while_its_open_day_takes_the_late_play(
    counter: LiveCounter, connection: Connection[Any]
) -> None:
    topic = Topic(partitions=1)
    open_windows(connection, DAY)
    count_batch(counter, connection, topic.append([recorded_play()]))
    connection.execute("update live.open_windows set counted_from = %s where grain = 'hour'", (DAY + 11 * HOUR,))
    count_batch(counter, connection, topic.append([recorded_play(user_id="somebody else")]))
    song = pack_song_id(identify_song("Blue Train", "John Coltrane"))
    counts = read_counts(connection)
    assert (counts[DAY.date(), 10, "GB", song].plays, counts[DAY.date(), -1, "GB", song].plays) == (1, 2)
    freeze = connection.execute(
        "select counted_from, partition, next_offset from live.freezes where grain = 'hour' order by counted_from"
    ).fetchall()
    assert freeze[-1] == (DAY + 11 * HOUR, 0, 1)


def test_a_freeze_is_noted_without_new_plays(counter: LiveCounter, connection: Connection[Any]) -> None:
    open_windows(connection, DAY)
    count_batch(counter, connection, [])
    (noted,) = connection.execute("select count(*) from live.freezes where counted_from = %s", (DAY,)).fetchall()
    assert noted == (2,)


def test_complete_through_never_moves_back(counter: LiveCounter, connection: Connection[Any]) -> None:
    before = read_offsets(connection, [0])
    counter.count([], before, before, {0: DAY})
    counter.count([], before, before, {0: None})
    counter.count([], before, before, {0: DAY - HOUR})
    assert connection.execute("select complete_through from live.offsets").fetchall() == [(DAY,)]


def test_partitions_of_days_settled_a_day_ago_are_dropped_and_later_ones_stay(
    counter: LiveCounter, connection: Connection[Any]
) -> None:
    open_windows(connection, DAY)
    next_day = recorded_play().model_copy(update={"played_at": DAY + 24 * HOUR, "received_at": DAY + 24 * HOUR})
    count_batch(counter, connection, Topic().append([recorded_play(), next_day]))
    connection.execute(
        "update live.open_windows set counted_from = %(at)s, open_from = %(at)s", {"at": DAY + 48 * HOUR}
    )
    count_batch(LiveCounter(connection), connection, [])
    assert {day for day, *_ in read_counts(connection)} == {(DAY + 24 * HOUR).date()}
