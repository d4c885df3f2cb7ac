"""The newest plays of key-bound listeners, kept with the live counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from ingest.play import Play
from streaming.live import own_listens
from streaming.live.counter import LiveCounter
from streaming.live.offsets import next_offsets, read_offsets
from tests.ingest.builders import recorded_play
from tests.streaming.live.live_store import Topic, count_batch, open_windows

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def plays(count: int, user_id: str = "anna", **changes: Any) -> list[Play]:
    times = [DAY + timedelta(minutes=number) for number in range(count)]
    return [recorded_play(user_id=user_id, played_at=one.isoformat(), **changes) for one in times]


def kept(connection: Connection[Any]) -> list[tuple[datetime, dict[str, Any]]]:
    """Every kept play, oldest first."""
    return connection.execute("select played_at, track from listens.recent order by played_at, identity").fetchall()


def test_plays_of_a_keys_own_listener_are_kept_as_sent_and_once(
    counter: LiveCounter, connection: Connection[Any]
) -> None:
    open_windows(connection, DAY)
    topic = Topic()
    facts: dict[str, Any] = {
        "title": "Ágætis  byrjun’",
        "artist": "Sigur Rós",
        "release": 'Von "Brigði"',
        "duration_ms": 480_000,
    }
    (own,) = plays(1, **facts, client={"name": "mpd", "version": "1"})
    count_batch(counter, connection, topic.append([own, own, b"nonsense"], is_own=True))
    count_batch(counter, connection, topic.append([own], is_own=True))
    count_batch(counter, connection, topic.append(plays(3, "of another key")))
    assert kept(connection) == [(DAY, {**facts, "region": "GB", "client": {"name": "mpd", "version": "1"}})]


def test_plays_of_settled_days_are_kept_too(counter: LiveCounter, connection: Connection[Any]) -> None:
    open_windows(connection, DAY + timedelta(days=9))
    count_batch(counter, connection, Topic().append(plays(2), is_own=True))
    assert len(kept(connection)) == 2
    assert connection.execute("select count(*) from live.song_counts").fetchone() == (0,)


def test_the_newest_stay_in_any_order_of_arrival(
    counter: LiveCounter, connection: Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_listens, "KEPT_LISTENS", 10)
    monkeypatch.setattr(own_listens, "PRUNE_EVERY", 5)
    topic, many = Topic(), plays(60)
    for start in (40, 0, 20):
        for first in range(start, start + 20, 2):
            count_batch(counter, connection, topic.append(many[first : first + 2], is_own=True))
            assert len(kept(connection)) <= 10 + 5
    count_batch(counter, connection, topic.append([*plays(1, "bob"), *many[:5]], is_own=True))
    times = [played_at for played_at, _ in kept(connection)]
    assert times == sorted([DAY, *(play.played_at for play in many[-10:])])


def test_many_plays_at_one_instant_are_bounded_too(
    counter: LiveCounter, connection: Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_listens, "KEPT_LISTENS", 10)
    same = [recorded_play(user_id="anna", title=f"Song {number}", play_id=f"p{number}") for number in range(200)]
    count_batch(counter, connection, Topic().append(same, is_own=True))
    assert len(kept(connection)) == 10


def test_a_batch_that_is_not_counted_keeps_nothing(counter: LiveCounter, connection: Connection[Any]) -> None:
    messages = Topic().append(plays(3), is_own=True)
    before = read_offsets(connection, {messages[0].at_partition})
    connection.execute("alter table listens.recent add constraint none check (false)")
    with pytest.raises(psycopg.errors.CheckViolation):
        counter.count(messages, before, next_offsets(before, messages), dict.fromkeys(before, None))
    assert read_offsets(connection, before) == before
    connection.execute("alter table listens.recent drop constraint none")
    count_batch(LiveCounter(connection), connection, messages)
    assert len(kept(connection)) == 3
