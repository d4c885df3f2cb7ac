"""A taken port is named together with the variable that moves it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.settings import LocalSettings
from local.stack.parts import parts_named
from local.stack.ports import is_free, taken_ports
from tests.stack import make_environment


@pytest.fixture
def settings(tmp_path: Path) -> LocalSettings:
    """Settings whose ports nobody serves; the servers of the session are up on others."""
    return LocalSettings.of(make_environment(tmp_path))


@contextmanager
def listener(port: int) -> Iterator[None]:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", port))
        one.listen()
        yield


def test_a_taken_port_is_named_with_its_variable(settings: LocalSettings) -> None:
    with listener(settings.prefect_port):
        (sentence,) = taken_ports(settings, parts_named(["prefect-server"]))
    assert f"port {settings.prefect_port} is taken" in sentence
    assert "PREFECT_PORT" in sentence


def test_free_ports_are_no_complaint(settings: LocalSettings) -> None:
    assert taken_ports(settings, parts_named(["api", "ingest", "lake-driver"])) == []


def test_a_port_is_free_again_when_its_listener_has_gone(settings: LocalSettings) -> None:
    with listener(settings.api_port):
        assert not is_free(settings.api_port)
    assert is_free(settings.api_port)
