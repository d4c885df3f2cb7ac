"""Plays through ingest, Kafka and the live counter, read back by a real client."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from liblistenbrainz import Listen, ListenBrainz  # type: ignore[import-untyped]

from ingest.access.key_file import add_key
from local.provision import postgres_roles
from local.settings import LocalSettings
from local.stack.waiting import NotReadyError, wait_until
from tests.ingest.builders import SECRET
from tests.ingest.servers import Server, running_server
from tests.servers import KafkaServer, PostgresServer
from tests.streaming.live.test_process import counting

NOW = int(datetime.now(UTC).timestamp())
SECONDS = 30


@dataclass
class Line:
    """Ingest with its database; the counter runs when a test says so."""

    server: Server
    database: PostgresServer
    counter: dict[str, str]
    client: Any


@pytest.fixture
def database(postgres_server: PostgresServer, stack_environment: dict[str, str]) -> PostgresServer:
    """A new database with roles and migrations."""
    name = f"listens_{uuid4().hex[:12]}"
    postgres_roles.bring_in_line(LocalSettings.of({**stack_environment, "POSTGRES_DATABASE": name}))
    return replace(postgres_server, database=name)


@pytest.fixture
def line(kafka_server: KafkaServer, database: PostgresServer, tmp_path: Path) -> Iterator[Line]:
    """Two workers, and Anna's key in a real client."""
    place = {
        "POSTGRES_HOST": database.host,
        "POSTGRES_PORT": str(database.port),
        "POSTGRES_DATABASE": database.database,
    }
    ingest = place | {"POSTGRES_INGEST_PASSWORD": database.ingest_password}
    with running_server(kafka_server, tmp_path, workers=2, **ingest) as server:
        server.wait_until_ready()
        client = ListenBrainz(server.url)
        client.set_auth_token(add_key(tmp_path / "keys.json", "phone", "anna", "GB"))
        counter = place | {
            "PATH": "/usr/bin:/bin",
            **kafka_server.variables,
            "KAFKA_TOPIC": server.topic,
            "POSTGRES_LIVE_PASSWORD": database.live_password,
            "USER_ID_SECRET": SECRET.decode(),
            "LIVE_POLL_SECONDS": "0.2",
        }
        yield Line(server, database, counter, client)


def read_titles(line: Line, count: int) -> list[str]:
    """The titles of a page, once there are so many."""

    def ask() -> None:
        if line.client.get_user_listen_count("anna") < count:
            raise NotReadyError("the live counter has not kept them yet")

    wait_until("the listens", ask, SECONDS, 0.1)
    return [one.track_name for one in line.client.get_listens("anna", count=count)]


def test_a_client_reads_back_what_it_submitted_also_after_restarts(line: Line) -> None:
    titles = ["Ágætis byrjun’", "東京  Drift", 'Don\'t \\ "Stop"']
    listens = [Listen(title, "Björk", NOW - number) for number, title in enumerate(titles)]
    with counting(line.counter):
        line.client.submit_multiple_listens(listens)
        assert read_titles(line, 3) == titles
    line.client.submit_single_listen(Listen("While it was down", "Björk", NOW + 1))
    with counting(line.counter):
        assert read_titles(line, 4) == ["While it was down", *titles]
        line.client.submit_multiple_listens(listens)
        time.sleep(1)
        assert read_titles(line, 4) == ["While it was down", *titles]


def test_every_worker_answers_what_is_playing(line: Line) -> None:
    line.client.submit_playing_now(Listen("Now", "Björk", additional_info={"duration_ms": 2_000}))
    for _ in range(10):
        # Each client has a connection of its own, so that both workers are asked.
        playing = line.client.get_playing_now("anna")
        assert playing.track_name == "Now"
    wait_until("its end", lambda: end_of(line), SECONDS, 0.1)


def end_of(line: Line) -> None:
    """Raise while something plays."""
    if line.client.get_playing_now("anna") is not None:
        raise NotReadyError("it still plays")


def test_without_postgres_plays_are_taken_and_reads_answer_503_at_once(line: Line) -> None:
    headers = {"Authorization": f"Token {line.client._auth_token}"}
    with closed_database(line.database):
        line.client.submit_single_listen(Listen("Taken", "Björk", NOW))
        started = time.monotonic()
        line.client.submit_playing_now(Listen("Now", "Björk"))
        answer = httpx.get(f"{line.server.url}/1/user/anna/listens", headers=headers, timeout=10)
        assert time.monotonic() - started < 7
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    with counting(line.counter):
        assert read_titles(line, 1) == ["Taken"]


@contextmanager
def closed_database(database: PostgresServer) -> Iterator[None]:
    """Let nobody into the database, and cut ingest's connections."""
    allow = "alter database {} with allow_connections {}"
    with psycopg.connect(database.dsn("postgres", "postgres"), autocommit=True) as operator:
        operator.execute(allow.format(database.database, "false").encode())
        operator.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ingest'")
        yield
        operator.execute(allow.format(database.database, "true").encode())
