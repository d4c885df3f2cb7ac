"""Ingest as it runs in production, writing to a topic of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.ingest.builders import LOCAL_KEY, NO_LIMIT_DAYS, SECRET
from tests.ports import free_ports
from tests.servers import KafkaServer

ROOT = Path(__file__).parents[2]
HEADERS = {"Authorization": f"Token {LOCAL_KEY}"}


@dataclass
class Server:
    """A running ingest and the topic that it writes to."""

    url: str
    process: subprocess.Popen[bytes]
    topic: str
    log: Path

    def wait_until_ready(self) -> None:
        """Ask ``/readyz`` until it says yes."""
        deadline = time.monotonic() + 60
        while not self._is_ready():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_server(kafka: KafkaServer, folder: Path, workers: int = 1, **changes: str) -> Iterator[Server]:
    """Gunicorn with its workers; ``changes`` are environment variables. Its key file is in ``folder``."""
    (port,) = free_ports(1)
    topic = kafka.new_topic()
    variables = {
        **kafka.variables,
        "KAFKA_TOPIC": topic,
        "USER_ID_SECRET": SECRET.decode(),
        "INGEST_KEY": LOCAL_KEY,
        "INGEST_KEY_FILE": str(folder / "keys.json"),
        "INGEST_WORKERS": str(workers),
        "INGEST_DELIVERY_TIMEOUT_SECONDS": "5",
        "INGEST_OLDEST_PLAY_DAYS": str(NO_LIMIT_DAYS),
        "TMPDIR": str(folder),
        **changes,
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:ingest.server.gunicorn"]
    bind = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "ingest.app:create_app()"]
    log = folder / "ingest.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command + bind,
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", process, topic, log)
    finally:
        process.terminate()
        process.wait(30)
