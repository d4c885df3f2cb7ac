"""Connections that do not behave, against the api as it is served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from statistics import median
from time import monotonic
from typing import Final

import httpx
import pytest

from api.settings import Settings
from api.updates.fan_out import MOST_STREAMS_PER_CLIENT
from serving.patient_protocol import UNREAD_BODY_SECONDS, PatientProtocol
from tests.api.chart_store import ChartStore
from tests.api.serving import api_process

HEALTHY_SECONDS: Final = 0.1


@pytest.fixture
def address(settings: Settings, store: ChartStore) -> Iterator[tuple[str, int]]:
    """Host and port of a running api."""
    with api_process(settings) as (_, url):
        host, port = url.removeprefix("http://").split(":")
        yield host, int(port)


def test_heads_and_bodies_are_bounded(address: tuple[str, int]) -> None:
    started = monotonic()
    with socket.create_connection(address, 60) as silent, socket.create_connection(address, 60) as large:
        with suppress(ConnectionError):
            large.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: aaaa\r\n" * 100_000)
        with suppress(ConnectionError):
            assert large.recv(65_536).startswith(b"HTTP/1.1 431")
        with socket.create_connection(address, 60) as unread:
            unread.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
            while unread.recv(65_536):
                pass
        assert monotonic() - started < UNREAD_BODY_SECONDS + 10
        assert silent.recv(1) == b""
    assert monotonic() - started < PatientProtocol.head_seconds + 10
    assert httpx.get(f"http://{address[0]}:{address[1]}/healthz").status_code == 200


def follow(address: tuple[str, int], forged: str) -> socket.socket:
    """Ask for an event stream as a client that says it is another."""
    stream = socket.create_connection(address, 60)
    stream.sendall(f"GET /charts/updates HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {forged}\r\n\r\n".encode())
    return stream


def test_a_forged_address_opens_no_further_event_streams_and_health_answers_meanwhile(address: tuple[str, int]) -> None:
    url = f"http://{address[0]}:{address[1]}/healthz"
    with ExitStack() as stack:
        streams = [stack.enter_context(follow(address, f"192.0.2.{n}")) for n in range(MOST_STREAMS_PER_CLIENT)]
        for stream in streams:
            assert stream.recv(12) == b"HTTP/1.1 200"
        assert stack.enter_context(follow(address, "198.51.100.1")).recv(12) == b"HTTP/1.1 503"
        for _ in range(100):
            silent = stack.enter_context(socket.create_connection(address, 60))
            silent.sendall(b"GET / HTTP/1.1\r\nAccept: " + b"text/csv," * 1_000)
        asked = [httpx.get(url).elapsed.total_seconds() for _ in range(20)]
    assert median(asked) < HEALTHY_SECONDS
