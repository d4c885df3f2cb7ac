"""Checks, before anything starts, that nobody listens on the ports that the parts will take."""

import socket
from collections.abc import Iterable

import psutil

from local.settings import LocalSettings
from local.stack.parts import Part


def taken_ports(settings: LocalSettings, parts: Iterable[Part]) -> list[str]:
    """Returns a sentence for each port that is taken, which names the variable that moves it."""
    names = [name for part in parts for name in part.ports]
    ports = [(name, getattr(settings, name.lower())) for name in names]
    return [_sentence(name, port) for name, port in ports if not is_free(port)]


def is_free(port: int) -> bool:
    """Tells whether a server could listen on this port of loopback."""
    with socket.socket() as one:
        # A port whose last connections are still closing is free for a server.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _sentence(name: str, port: int) -> str:
    return f"port {port} is taken{_holder(port)}; set {name} in .env to a free one"


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,):
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return ""
    return ""
