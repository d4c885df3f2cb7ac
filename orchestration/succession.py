"""How the run that keeps the charts fresh hands over: the next run is ready before this one ends.

A new process needs a minute before it can publish anything: it imports dbt, reads the project, and reads
from silver who has heard what today. It does so while its predecessor still runs rounds, then waits for the lock.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from prefect.deployments import run_deployment
from prefect.runtime import deployment

from orchestration.build_charts import read_project
from orchestration.connections import Connections
from orchestration.known_listeners import DAYS_IN_MEMORY, KnownListeners

log = logging.getLogger(__name__)
LEAD_SECONDS: Final = 300
"""How long before its end a run calls its successor."""
PATIENCE_SECONDS: Final = LEAD_SECONDS + 600
"""How long a successor waits for its turn: a last round may take long."""


class Succession:
    """Calls one successor of the run that it belongs to, in good time before its ``end`` (of the monotonic clock)."""

    def __init__(self, end: float) -> None:
        self._due = end - LEAD_SECONDS
        self._is_called = False

    def call_when_due(self) -> None:
        """Call it if it is time. Where that fails, Prefect's trigger starts the next run when this one has ended."""
        if self._is_called or time.monotonic() < self._due:
            return
        self._is_called = True
        try:
            call_successor()
        except Exception:
            log.exception("no successor could be called; the next run starts when this one has ended")


def call_successor() -> None:
    """Start another run of the deployment that this process runs, if it runs one."""
    if deployment.id:
        run_deployment(UUID(deployment.id), parameters={"succeeds": True}, timeout=0, as_subflow=False)


def prepare_rounds(connections: Connections, known: KnownListeners) -> None:
    """Read all that a first round would have to read, while another process runs rounds."""
    read_project(connections.settings.dbt_project_dir)
    today = datetime.now(UTC).date()
    days = [today - timedelta(days=days) for days in range(DAYS_IN_MEMORY)]
    known.prepare(connections.spark, connections.lake_root, connections.postgres, days)
