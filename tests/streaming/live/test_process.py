"""The live counter's process with a real broker and a real Postgres, killed and cut off while it counts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from confluent_kafka import Producer
from psycopg import Connection

from ingest.play import Play, SubmittedPlay, record_play
from local.environment import ROOT
from local.stack.waiting import NotReadyError, wait_until
from streaming.source_identity import read_source_identity
from tests.ingest.builders import SECRET, play_body
from tests.servers import KafkaServer, PostgresServer
from tests.streaming.live.live_store import partition_of, read_counts
from tests.streaming.live.naive_counts import count_naively

PARTITIONS = 4
ADOPTED_BY_A_RESEED = """
    update live.source
    set topic_id = %s, offset_base = (select jsonb_object_agg(partition::text, next_offset) from live.offsets)
"""
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def topic(kafka_server: KafkaServer) -> str:
    """A topic of this test alone."""
    return kafka_server.new_topic(PARTITIONS)


@pytest.fixture
def environment(kafka_server: KafkaServer, database: PostgresServer, topic: str) -> dict[str, str]:
    """What the process is given."""
    return {
        "PATH": os.environ["PATH"],
        **kafka_server.variables,
        "KAFKA_TOPIC": topic,
        "POSTGRES_HOST": database.host,
        "POSTGRES_PORT": str(database.port),
        "POSTGRES_DATABASE": database.database,
        "POSTGRES_LIVE_PASSWORD": database.live_password,
        "USER_ID_SECRET": SECRET.decode(),
        "LIVE_POLL_SECONDS": "0.2",
        "LIVE_LARGEST_BATCH": "50",
    }


@contextmanager
def counting(environment: dict[str, str], **changes: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process, ended afterwards whatever happened."""
    command = [sys.executable, "-m", "streaming.live.process"]
    with subprocess.Popen(command, cwd=ROOT, env={**environment, **changes}, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()


def some_plays(count: int, of: str) -> list[Play]:
    """Plays of today by a few listeners, each tenth a duplicate."""
    plays = []
    for number in range(count):
        which = number // 10 * 9 + number % 9
        played_at = TODAY + timedelta(seconds=which)
        body = play_body(
            user_id=f"listener-{which % 7}",
            title=f"Song {which % 5}",
            play_id=f"{of}-{which}",
            played_at=played_at.isoformat(),
        )
        plays.append(record_play(SubmittedPlay.model_validate(body), SECRET, "local", played_at + timedelta(minutes=1)))
    return plays


def post(kafka: KafkaServer, topic: str, plays: Sequence[Play]) -> None:
    producer = Producer({**kafka.options("ingest"), "acks": "all"})
    for play in plays:
        producer.produce(topic, play.to_value(), play.to_key(), partition_of(play, PARTITIONS))
    assert producer.flush(30) == 0


def wait_until_counted(connection: Connection[Any], messages: int, seconds: float = 60) -> None:
    """Wait until the stored offsets cover so many messages."""

    def ask() -> None:
        query = "select coalesce(sum(next_offset), 0), count(*) from live.offsets"
        counted, partitions = connection.execute(query).fetchone() or (0, 0)
        if counted < messages or partitions < PARTITIONS:
            raise NotReadyError(f"{counted} of {messages} messages are counted")

    wait_until("the counter", ask, seconds, 0.05)


def test_killed_and_frozen_at_any_moment_it_counts_each_message_once(
    environment: dict[str, str], kafka_server: KafkaServer, connection: Connection[Any], topic: str
) -> None:
    plays: list[Play] = []
    for attempt in range(4):
        more = some_plays(400, f"round-{attempt}")
        post(kafka_server, topic, more)
        plays += more
        with counting(environment) as process:
            wait_until_counted(connection, len(plays) - 300)
            if attempt % 2:
                process.send_signal(signal.SIGSTOP)
            process.kill()
    with counting(environment):
        wait_until_counted(connection, len(plays))
    assert read_counts(connection) == count_naively(plays, TODAY, TODAY)


def test_connections_cut_while_it_counts_lose_and_double_nothing(
    environment: dict[str, str],
    kafka_server: KafkaServer,
    database: PostgresServer,
    connection: Connection[Any],
    topic: str,
) -> None:
    plays = some_plays(600, "cut")
    with counting(environment), database.connect("postgres") as operator:
        for start in range(0, len(plays), 100):
            post(kafka_server, topic, plays[start : start + 100])
            operator.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'live-counter'"
            )
        wait_until_counted(connection, len(plays))
    assert read_counts(connection) == count_naively(plays, TODAY, TODAY)


def test_two_counters_share_the_partitions_and_count_each_message_once(
    environment: dict[str, str], kafka_server: KafkaServer, connection: Connection[Any], topic: str
) -> None:
    plays = some_plays(1500, "shared")
    with counting(environment):
        post(kafka_server, topic, plays[:500])
        with counting(environment, LIVE_INSTANCE="live-1"):
            post(kafka_server, topic, plays[500:1000])
            wait_until_counted(connection, 1000)
        post(kafka_server, topic, plays[1000:])
        wait_until_counted(connection, len(plays))
    assert read_counts(connection) == count_naively(plays, TODAY, TODAY)


def test_an_adopted_topic_is_counted_after_the_first_and_its_copies_are_duplicates(
    environment: dict[str, str], kafka_server: KafkaServer, connection: Connection[Any], topic: str
) -> None:
    plays, more = some_plays(300, "first"), some_plays(300, "second")
    post(kafka_server, topic, plays)
    with counting(environment):
        wait_until_counted(connection, len(plays))
    second = kafka_server.new_topic(PARTITIONS)
    found = read_source_identity(kafka_server.connection("live"), second, SECRET.decode())
    post(kafka_server, second, [*plays[:100], *more])
    with counting(environment, KAFKA_TOPIC=second, KAFKA_ADOPT_TOPIC_ID=found.topic_id):
        connection.execute(ADOPTED_BY_A_RESEED, (found.topic_id,))
        wait_until_counted(connection, len(plays) + 100 + len(more))
    assert read_counts(connection) == count_naively([*plays, *plays[:100], *more], TODAY, TODAY)


def test_complete_through_covers_what_was_posted_before(
    environment: dict[str, str], kafka_server: KafkaServer, connection: Connection[Any], topic: str
) -> None:
    post(kafka_server, topic, some_plays(100, "complete"))
    posted_at = datetime.now(UTC)

    def ask() -> None:
        query = "select min(complete_through) from live.offsets having count(complete_through) = %s"
        row = connection.execute(query, (PARTITIONS,)).fetchone()
        if row is None or row[0] < posted_at:
            raise NotReadyError(f"complete through {row}")

    with counting(environment):
        wait_until("complete_through", ask, 30, 0.05)
        wait_until_counted(connection, 100, 0.1)


def test_another_topic_is_refused_with_a_clear_word(
    environment: dict[str, str], kafka_server: KafkaServer, connection: Connection[Any]
) -> None:
    with counting(environment) as process:
        wait_until_counted(connection, 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with counting(environment, KAFKA_TOPIC=kafka_server.new_topic(PARTITIONS)) as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert b"live counts belong to topic id" in said
    assert b"make adopt-topic TOPIC_ID=" in said


def test_turned_off_it_counts_nothing_and_waits_to_be_stopped(
    environment: dict[str, str], connection: Connection[Any]
) -> None:
    with counting(environment, LIVE_COUNTS="off") as process:
        assert process.stderr is not None
        assert b"LIVE_COUNTS=off" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert connection.execute("select count(*) from live.offsets").fetchone() == (0,)
