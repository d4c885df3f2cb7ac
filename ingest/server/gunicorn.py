"""Gunicorn's settings.

``gunicorn -c python:ingest.server.gunicorn --bind HOST:PORT 'ingest.app:create_app()'`` starts ingest.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from ingest.observability.log_format import describe_logging
from ingest.settings import Settings

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
    from gunicorn.workers.base import Worker  # type: ignore[import-untyped]

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_settings = Settings()

worker_class = "ingest.server.worker.IngestWorker"
workers = _settings.ingest_workers
keepalive = 75
# A request under way gets its answer: the broker's, or that there is none.
graceful_timeout = math.ceil(_settings.ingest_delivery_timeout_seconds) + 5
accesslog = None
# X-Forwarded-For from anyone else would forge the client's address in the log.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "")
logconfig_dict = describe_logging(_settings.ingest_log_level)

if workers > 1:
    os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="ingest-metrics-")


def child_exit(server: Arbiter, worker: Worker) -> None:
    """A worker ended: its counts stay, its gauges go."""
    if METRICS_FOLDER in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Arbiter) -> None:
    """The server ends: so does the folder that its workers shared."""
    if METRICS_FOLDER in os.environ:
        shutil.rmtree(os.environ[METRICS_FOLDER], ignore_errors=True)
