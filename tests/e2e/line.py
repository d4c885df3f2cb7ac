"""A running line as a test meets it: where to post, what to ask, and when its charts are complete."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import httpx
import psycopg
from psycopg.conninfo import make_conninfo

from clients.top_songs import TopSongs
from local.environment import ROOT
from local.settings import LocalSettings
from local.stack.waiting import NotReadyError, wait_until

ANSWER_SECONDS: Final = 30
PAUSE_SECONDS: Final = 0.25
DEADLINE_SECONDS: Final = 240
COMMAND_SECONDS: Final = 300


@dataclass(frozen=True)
class Line:
    """One running stack, known by its variables (those of ``.env.example``)."""

    environment: Mapping[str, str]

    @cached_property
    def settings(self) -> LocalSettings:
        """The ports, folders and passwords of the stack."""
        return LocalSettings.of(self.environment)

    @property
    def secret(self) -> bytes:
        """What ingest hashes listeners with."""
        return self.environment["USER_ID_SECRET"].encode()

    def dsn(self, role: str) -> str:
        """How ``reader`` or ``loader`` connects to Postgres."""
        return make_conninfo(
            host=self.settings.postgres_host,
            port=self.settings.postgres_port,
            dbname=self.settings.postgres_database,
            user=role,
            password=self.settings.role_password(role),
            options="-c TimeZone=UTC",
        )

    @cached_property
    def _client(self) -> httpx.Client:
        """Made once, as it reads all certificates; connected anew each time, as what answers may have been killed."""
        return httpx.Client(timeout=ANSWER_SECONDS, limits=httpx.Limits(max_keepalive_connections=0))

    def poster(self, patience_seconds: float = 300) -> TopSongs:
        """What posts plays to this line's ingest."""
        return TopSongs(self.settings.ingest_url, self.environment["INGEST_KEY"], patience_seconds=patience_seconds)

    def post(self, body: bytes) -> httpx.Response:
        """Post any bytes to ``/play``, once."""
        headers = {"Authorization": f"Token {self.environment['INGEST_KEY']}", "Content-Type": "application/json"}
        url = f"{self.settings.ingest_url}/play"
        return self._client.post(url, content=body, headers=headers)

    def get(self, path: str, accept: str = "application/json", **parameters: str | int) -> httpx.Response:
        """Ask the api."""
        url = f"{self.settings.api_url}{path}"
        return self._client.get(url, params=parameters, headers={"Accept": accept})

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an operator's command to its end, with its output captured.

        Raises ``CalledProcessError`` when it fails, ``TimeoutExpired`` after :data:`COMMAND_SECONDS`.
        """
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=dict(self.environment),
            check=True,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
        )

    def wait_until_complete(self, acknowledged_at: datetime, deadline_seconds: float = DEADLINE_SECONDS) -> float:
        """Wait until the charts hold every play acknowledged up to then; returns the seconds that took.

        Raises TimeoutError, with what every stage said last.
        """

        def ask() -> None:
            status = self._read_status()
            through = status["complete_through"]
            if through is None or datetime.fromisoformat(through) <= acknowledged_at:
                raise NotReadyError(f"asked for {acknowledged_at.isoformat()}, answered {status}")

        return wait_until("the charts", ask, deadline_seconds, PAUSE_SECONDS)

    def wait_until_settled(self, acknowledged_at: datetime, deadline_seconds: float = DEADLINE_SECONDS) -> float:
        """Wait until also silver and the settled charts hold those plays; returns the seconds that took.

        Raises TimeoutError.
        """
        seconds = self.wait_until_complete(acknowledged_at, deadline_seconds)

        def ask() -> None:
            through = self._read_settled_through()
            if through is None or through <= acknowledged_at:
                raise NotReadyError(f"asked for {acknowledged_at.isoformat()}, settled through {through}")

        return seconds + wait_until("the settled charts", ask, deadline_seconds, PAUSE_SECONDS)

    def _read_settled_through(self) -> datetime | None:
        try:
            with psycopg.connect(self.dsn("loader")) as connection:
                row = connection.execute("select complete_through from counts.progress").fetchone()
        except psycopg.Error as error:
            raise NotReadyError(f"counts.progress: {error}") from error
        return row[0] if row else None

    def _read_status(self) -> dict[str, Any]:
        try:
            status: dict[str, Any] = self.get("/status").raise_for_status().json()
        except httpx.HTTPError as error:
            raise NotReadyError(f"/status: {error}") from error
        return status
