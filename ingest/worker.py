"""Gunicorn's worker for ingest: uvicorn's, with an end to its patience and an end when its master is gone."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from ingest.settings import Settings

HEAD_SECONDS: Final = Settings().ingest_request_timeout_seconds
"""From the connection, or a request's first byte on it, to the end of the request's head."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it; a connection that sends no whole head in time is closed.

    Between requests uvicorn's own keep-alive time-out holds.
    """

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; its first head is due."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone; nothing is due."""
        self._head_came()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request; the rest of its head is due."""
        super().on_message_begin()
        if self._waiting is None:
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """The head came; of the body the app takes care."""
        self._head_came()
        super().on_headers_complete()

    def _wait_for_head(self) -> None:
        self._waiting = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _head_came(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class IngestWorker(UvicornWorker):  # type: ignore[misc]
    """Uvicorn's worker with that protocol, which does not outlive its master."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {"loop": "uvloop", "http": PatientProtocol, "timeout_notify": 1}

    async def callback_notify(self) -> None:
        """Every second: tell the master that all is well; without one, free the port for the next master's workers."""
        if os.getppid() != self.ppid:
            self.log.error("the master is gone; this worker ends")
            os.kill(os.getpid(), signal.SIGTERM)
        await super().callback_notify()
