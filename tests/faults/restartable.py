"""A server that is killed and started again on its own port, and the plays that it says are stored."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psutil

from local.environment import ROOT
from tests.child import child
from tests.ingest.builders import LOCAL_KEY, SECRET, play_body
from tests.ports import free_ports

POSTERS: Final = 4
BATCH: Final = 20
PAUSE_SECONDS: Final = 0.02
"""Before a poster asks a server again that did not answer."""
PATIENCE_SECONDS: Final = 120


class Restartable:
    """Gunicorn with one worker and the app of a factory, writing to ``topic``."""

    def __init__(self, factory: str, topic: str, broker: Mapping[str, str], folder: Path) -> None:
        (self.port,) = free_ports(1)
        self.topic = topic
        self._factory = factory
        self._log = folder / f"{topic}.log"
        self._variables = {
            **{name: value for name, value in broker.items() if name.startswith("KAFKA_")},
            "KAFKA_TOPIC": topic,
            "USER_ID_SECRET": SECRET.decode(),
            "INGEST_KEY": LOCAL_KEY,
            "INGEST_KEY_FILE": str(folder / "keys.json"),
            "INGEST_RATE_LIMIT_PLAYS": "1000000000",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; nobody waits until it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", "python:ingest.server.gunicorn", "--no-control-socket"]
        bind = ["--bind", f"127.0.0.1:{self.port}", "--reuse-port", self._factory]
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                child(command + bind),
                cwd=ROOT,
                env={**os.environ, **self._variables},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def kill_worker(self) -> None:
        """Kill -9 of the worker; its master starts another one."""
        for worker in self._workers():
            worker.kill()

    def kill_master(self) -> None:
        """Kill -9 of master and worker at once, and start both again."""
        assert self._process is not None
        # Asked for first: nobody knows a dead master's workers, and they would go on without it.
        workers = self._workers()
        self._process.kill()
        for worker in workers:
            worker.kill()
        self._process.wait()
        self.start()

    def _workers(self) -> list[psutil.Process]:
        assert self._process is not None
        return psutil.Process(self._process.pid).children()

    def stop(self) -> None:
        """Let it end as an operator would."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)


class Load:
    """Posters that send plays to a server until told to stop, and remember which ones are said to be stored."""

    def __init__(self, port: int) -> None:
        self.stored: list[str] = []
        self.answers: dict[int, int] = {}
        self._port = port
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._post_until_stopped) for _ in range(POSTERS)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; whatever is under way gets its answer."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self, plays: int = 50) -> None:
        """Wait until so many more plays are said to be stored."""
        goal, deadline = len(self.stored) + plays, time.monotonic() + PATIENCE_SECONDS
        while len(self.stored) < goal:
            if time.monotonic() > deadline:
                raise TimeoutError(f"port {self._port} stored nothing in {PATIENCE_SECONDS} s: {self.answers}")
            time.sleep(0.01)

    def _post_until_stopped(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        while not self._stopping.is_set():
            try:
                self._post(connection)
            except (OSError, http.client.HTTPException):
                connection.close()
                time.sleep(PAUSE_SECONDS)
        connection.close()

    def _post(self, connection: http.client.HTTPConnection) -> None:
        number = next(self._numbers)
        plays = [play_body(play_id=f"{number}-{place}") for place in range(BATCH if number % 2 else 1)]
        path, body = ("/plays", {"plays": plays}) if number % 2 else ("/play", plays[0])
        answer = ask(connection, path, body)
        self.answers[answer[0]] = self.answers.get(answer[0], 0) + 1
        if answer[0] == http.HTTPStatus.ACCEPTED:
            self.stored += [play["play_id"] for play in plays]
        elif answer[0] == http.HTTPStatus.MULTI_STATUS:
            self.stored += [one["play_id"] for one in json.loads(answer[1])["items"] if one["status"] == "accepted"]
        else:
            time.sleep(PAUSE_SECONDS)


def ask(connection: http.client.HTTPConnection, path: str, body: Mapping[str, object]) -> tuple[int, bytes]:
    """Post one body; the status and the answer's body."""
    headers = {"Authorization": f"Token {LOCAL_KEY}", "Content-Type": "application/json"}
    connection.request("POST", path, json.dumps(body), headers)
    response = connection.getresponse()
    return response.status, response.read()
