"""The api behind a real HTTP server: in a thread, or as a process of its own, which hears signals."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import httpx
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from api.settings import Settings
from local.environment import ROOT
from tests.child import child
from tests.ports import free_ports


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app behind uvicorn on a free port."""
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait so many seconds at most for a condition to hold."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline
        sleep(0.01)


def variables(settings: Settings) -> dict[str, str]:
    """The environment that says the same as ``settings``."""
    values = {name.upper(): getattr(settings, name) for name in Settings.model_fields}
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else str(value) for name, value in values.items()
    }


@contextmanager
def api_process(settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process and its address, once it answers."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "api.server", "--port", str(port)]
    environment = {**os.environ, **variables(settings)}
    process = subprocess.Popen(child(command), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(f"{address}/readyz"), seconds=60)
        yield process, address
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=10).is_success
    except httpx.TransportError:
        return False
