"""Connections that do not behave: slow, half-closed, broken off. Against ingest as it runs in production."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import httpx
import psutil
import pytest

from ingest.access.key_file import add_key
from ingest.web.limits import BODIES_BYTES
from serving.patient_protocol import UNREAD_BODY_SECONDS
from tests.ingest.builders import LOCAL_KEY, play_body
from tests.ingest.servers import HEADERS, Server, running_server
from tests.ingest.topics import read_topic
from tests.servers import KafkaServer

TIMEOUT_SECONDS = 2
BODY = json.dumps(play_body()).encode()


@pytest.fixture(scope="module")
def server(kafka_server: KafkaServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker that waits for no head and no body longer than two seconds."""
    folder = tmp_path_factory.mktemp("ingest")
    with running_server(kafka_server, folder, INGEST_REQUEST_TIMEOUT_SECONDS=str(TIMEOUT_SECONDS)) as server:
        server.wait_until_ready()
        yield server


@pytest.fixture
def connection(server: Server) -> Iterator[socket.socket]:
    """A connection to the server that has sent nothing yet."""
    with connect(server) as connection:
        yield connection


def connect(server: Server) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), 30)


def head(length: int) -> bytes:
    lines = ["POST /play HTTP/1.1", "Host: x", f"Authorization: Token {LOCAL_KEY}", f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode()


def read_to_end(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def read_answer(connection: socket.socket) -> bytes:
    """One answer that is a JSON object without another in it."""
    answer = b""
    while not answer.endswith(b"}"):
        answer += connection.recv(65_536)
    return answer


def assert_serves(server: Server) -> None:
    assert httpx.post(f"{server.url}/play", json=play_body(), headers=HEADERS).status_code == 202


def test_a_body_that_never_ends_is_408_and_the_connection_is_closed(server: Server, connection: socket.socket) -> None:
    started = time.monotonic()
    connection.sendall(head(len(BODY)) + BODY[:-1])
    answer = read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"body_too_slow"' in answer
    assert TIMEOUT_SECONDS - 0.5 < time.monotonic() - started < TIMEOUT_SECONDS + 10
    assert_serves(server)


@pytest.mark.parametrize("sent", [b"", b"POST /play HT", b"POST /play HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_a_head_that_never_ends_is_hung_up_on(server: Server, connection: socket.socket, sent: bytes) -> None:
    connection.sendall(sent)
    assert read_to_end(connection) == b""
    assert_serves(server)


@pytest.mark.parametrize("piece", [b"X-A: " + b"a" * 200_000, b"X-A: aaaa\r\n" * 20_000])
def test_a_head_beyond_64_kilobytes_is_431(server: Server, connection: socket.socket, piece: bytes) -> None:
    before = worker_memory(server)
    with suppress(ConnectionError):
        connection.sendall(b"POST /play HTTP/1.1\r\nHost: x\r\n")
        for _ in range(100):
            connection.sendall(piece)
    with suppress(ConnectionError):
        assert connection.recv(65_536).startswith(b"HTTP/1.1 431")
    assert worker_memory(server) - before < 10_000_000
    assert_serves(server)


def test_a_large_head_within_the_limit_is_read(server: Server, connection: socket.socket) -> None:
    connection.sendall(head(len(BODY)).replace(b"\r\n\r\n", b"\r\nX-A: " + b"a" * 60_000 + b"\r\n\r\n") + BODY)
    assert read_answer(connection).startswith(b"HTTP/1.1 202")


def test_a_body_that_is_sent_after_its_refusal_is_not_awaited(server: Server, connection: socket.socket) -> None:
    connection.sendall(b"POST /play HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
    assert read_answer(connection).startswith(b"HTTP/1.1 401")
    started = time.monotonic()
    with suppress(ConnectionError):
        while time.monotonic() - started < 30:
            connection.sendall(b"x")
            time.sleep(0.5)
            connection.settimeout(0.01)
            with suppress(TimeoutError):
                if connection.recv(1) == b"":
                    break
            connection.settimeout(30)
    assert time.monotonic() - started < UNREAD_BODY_SECONDS + 10
    assert_serves(server)


def test_a_bound_key_leaves_room_for_the_others(server: Server) -> None:
    key = add_key(server.log.parent / "keys.json", "bound", "a-listener", "LI")
    waiting = b"POST /plays HTTP/1.1\r\nHost: x\r\nAuthorization: Token %s\r\nContent-Length: %d\r\n\r\n"
    with ExitStack() as open_ones:
        for size in (10_240_000, 250_000):
            connection = open_ones.enter_context(connect(server))
            connection.sendall(waiting % (key.encode(), size))
            with suppress(ConnectionError):
                connection.sendall(b" " * (size - 1))
        batch = {"plays": [play_body(release="x" * 500) for _ in range(200)]}
        for path, body in (("/play", play_body()), ("/plays", batch)):
            assert httpx.post(f"{server.url}{path}", json=body, headers=HEADERS).status_code == 202


def test_a_second_head_on_a_connection_has_its_own_time(server: Server, connection: socket.socket) -> None:
    connection.sendall(head(len(BODY)) + BODY)
    assert read_answer(connection).startswith(b"HTTP/1.1 202")
    time.sleep(TIMEOUT_SECONDS + 1)
    connection.sendall(head(len(BODY)) + BODY)
    assert read_answer(connection).startswith(b"HTTP/1.1 202")
    connection.sendall(b"POST /play HTTP/1.1\r\n")
    assert read_to_end(connection) == b""


def test_a_half_closed_connection_hurts_nobody(server: Server, connection: socket.socket) -> None:
    connection.sendall(head(len(BODY)) + BODY[:10])
    connection.shutdown(socket.SHUT_WR)
    assert b"HTTP/1.1 2" not in read_to_end(connection)
    assert_serves(server)


def test_connections_that_break_off_leave_nothing_in_kafka_that_is_no_play(
    server: Server, kafka_server: KafkaServer
) -> None:
    whole = head(len(BODY)) + BODY
    for cut in range(0, len(whole), 7):
        with connect(server) as connection:
            connection.sendall(whole[:cut])
    assert_serves(server)
    assert {one.play.title for one in read_topic(kafka_server.connection(), server.topic)} == {"Blue Train"}


def worker_memory(server: Server) -> int:
    (worker,) = psutil.Process(server.process.pid).children()
    return int(worker.memory_info().rss)


def post_oversized(server: Server, declared: bool, number: int) -> int:
    """Post 13 MB, with or without saying so first; the status, 0 when the connection was cut."""

    def chunks() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 65_536

    headers = HEADERS | ({"Content-Length": str(200 * 65_536)} if declared else {})
    try:
        return httpx.post(f"{server.url}/plays", content=chunks(), headers=headers, timeout=120).status_code
    except httpx.TransportError:
        return 0


def memory_at_rest(server: Server) -> int:
    """The worker's memory with 500 connections that have posted a play each and send nothing more."""
    with ExitStack() as open_ones:
        connections = [open_ones.enter_context(connect(server)) for _ in range(500)]
        for connection in connections:
            connection.sendall(head(len(BODY)) + BODY)
        for connection in connections:
            assert read_answer(connection).startswith(b"HTTP/1.1 202")
        return worker_memory(server)


@pytest.mark.parametrize("declared", [True, False])
def test_500_oversized_bodies_at_once_do_not_fill_the_memory(server: Server, declared: bool) -> None:
    idle = peak = memory_at_rest(server)
    with ThreadPoolExecutor(500) as pool:
        posts = [pool.submit(post_oversized, server, declared, number) for number in range(500)]
        while not all(post.done() for post in posts):
            peak = max(peak, worker_memory(server))
            time.sleep(0.05)
    assert {post.result() for post in posts} <= {0, 408, 413, 503}
    assert_serves(server)
    print(f"{idle} bytes at rest, {peak} at most: {peak / idle:.3f} times")  # noqa: T201
    # What bodies may take together, and as much for the five hundred requests themselves.
    assert peak - idle <= 2 * BODIES_BYTES
