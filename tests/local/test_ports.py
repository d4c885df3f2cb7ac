"""A taken port is named together with the variable that moves it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from local.parts import parts_named
from local.ports import is_free, taken_ports
from local.settings import LocalSettings


@contextmanager
def listener(port: int) -> Iterator[None]:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", port))
        one.listen()
        yield


def test_a_taken_port_is_named_with_its_variable(stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    with listener(settings.prefect_port):
        (sentence,) = taken_ports(settings, parts_named(["prefect-server"]))
    assert f"port {settings.prefect_port} is taken" in sentence
    assert "PREFECT_PORT" in sentence


def test_free_ports_are_no_complaint(stack_environment: dict[str, str]) -> None:
    settings = LocalSettings.of(stack_environment)
    assert taken_ports(settings, parts_named(["api", "ingest", "lake-driver"])) == []


def test_a_port_is_free_again_when_its_listener_has_gone(stack_environment: dict[str, str]) -> None:
    port = LocalSettings.of(stack_environment).api_port
    with listener(port):
        assert not is_free(port)
    assert is_free(port)
