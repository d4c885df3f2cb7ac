"""Gunicorn's worker for ingest: uvicorn's, with an end to its patience and an end when its master is gone."""

from __future__ import annotations

import os
import signal
from typing import Any, ClassVar

from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from ingest.settings import Settings
from serving.patient_protocol import PatientProtocol


class IngestProtocol(PatientProtocol):
    """HTTP with the time-out of `.env`."""

    head_seconds = Settings().ingest_request_timeout_seconds


class IngestWorker(UvicornWorker):  # type: ignore[misc]
    """Uvicorn's worker with that protocol, which does not outlive its master."""

    # Without `access_log` uvicorn writes a line for each accepted play, through the handlers of `gunicorn.access`.
    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "uvloop",
        "http": IngestProtocol,
        "timeout_notify": 1,
        "access_log": False,
    }

    async def callback_notify(self) -> None:
        """Every second: tell the master that all is well; without one, free the port for the next master's workers."""
        if os.getppid() != self.ppid:
            self.log.error("the master is gone; this worker ends")
            os.kill(os.getpid(), signal.SIGTERM)
        await super().callback_notify()
