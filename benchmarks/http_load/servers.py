"""Both sides of a comparison: one app at a time, each served alike on the same core."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import httpx
import psutil
from confluent_kafka.admin import AdminClient

from benchmarks.http_load.settings import LoadSettings
from local.environment import ROOT

SERVER_CORE: Final = 0
PARTITIONS: Final = 4
PATIENCE_SECONDS: Final = 60
UNLIMITED: Final = 10**9
UVICORN: Final = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning")


@dataclass(frozen=True)
class Served:
    """A running app."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """What it has used of its core so far."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def own_topic(settings: LoadSettings) -> Iterator[str]:
    """A topic on the running broker that nobody else reads, gone afterwards."""
    name = settings.kafka.new_topic(PARTITIONS, f"bench-{uuid4().hex[:12]}")
    try:
        yield name
    finally:
        # Its pending requests end with a client that nothing refers to.
        admin = AdminClient(settings.kafka.options())
        admin.delete_topics([name])[name].result(30)


@contextmanager
def serving(factory: str, topic: str, settings: LoadSettings) -> Iterator[Served]:
    """Serve the app that ``factory`` (``module:function``) makes, with one worker on one core."""
    port = _free_port()
    server = ["-m", "uvicorn", "--factory", factory, "--port", str(port), *UVICORN]
    command = ["taskset", "-c", str(SERVER_CORE), sys.executable, *server]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **_variables(topic, folder, settings)})
        try:
            yield _wait(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(30)


def _variables(topic: str, folder: str, settings: LoadSettings) -> dict[str, str]:
    return {
        **settings.kafka.variables,
        "KAFKA_TOPIC": topic,
        "USER_ID_SECRET": settings.user_id_secret.get_secret_value(),
        "INGEST_KEY": settings.ingest_key.get_secret_value(),
        "INGEST_KEY_FILE": f"{folder}/keys.json",
        "INGEST_RATE_LIMIT_PLAYS": str(UNLIMITED),
    }


def _wait(url: str, process: subprocess.Popen[bytes]) -> Served:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            httpx.get(f"{url}/readyz", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return Served(url, psutil.Process(process.pid))
    raise TimeoutError(f"no answer from {url} in {PATIENCE_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
