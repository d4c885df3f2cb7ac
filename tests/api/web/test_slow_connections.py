"""Connections that do not behave, against the api as it is served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic

import httpx
import pytest

from api.settings import Settings
from serving.patient_protocol import UNREAD_BODY_SECONDS, PatientProtocol
from tests.api.chart_store import ChartStore
from tests.api.serving import api_process


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
