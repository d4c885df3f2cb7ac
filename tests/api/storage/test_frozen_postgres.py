"""A Postgres that is there and does not answer, as when it is stopped or starved."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from time import monotonic

import psutil
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.storage.database import ANSWER_SECONDS
from local.settings import LocalSettings
from local.stack.orphan_processes import processes_of
from tests.api.chart_store import ChartStore, utc
from tests.api.storage.test_database import wait_for_status

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
BOUND = ANSWER_SECONDS + 1


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    """Stop every process, and let them go on at the end."""
    for one in processes:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in processes:
            if one.is_running():
                os.kill(one.pid, signal.SIGCONT)


def postgres_processes(environment: dict[str, str]) -> list[psutil.Process]:
    """The test's own server with its workers."""
    folder = LocalSettings.of(environment).data_dir
    return [one for one in processes_of(folder, "postgres") if "postgres" in one.name()]


@pytest.mark.timeout(120)
def test_requests_are_answered_within_their_bound_and_again_once_postgres_goes_on(
    settings: Settings, store: ChartStore, stack_environment: dict[str, str]
) -> None:
    store.complete_through(HOUR + timedelta(hours=2))
    store.publish(HOUR)
    remembering = settings.model_copy(update={"api_memory_bytes": 1_000_000})
    with TestClient(create_app(remembering)) as client:
        before = client.get("/charts/daily?region=GB&date=2026-11-22")
        assert before.status_code == 200
        waits: dict[int, float] = {}

        def ask(number: int) -> None:
            started = monotonic()
            status = client.get(f"/windows?limit={number + 1}").status_code
            waits[number] = monotonic() - started if status == 503 else 1000 + status

        servers = postgres_processes(stack_environment)
        assert servers
        with frozen(servers):
            asking = [Thread(target=ask, args=[number]) for number in range(20)]
            for one in asking:
                one.start()
            assert client.get("/healthz").status_code == 200
            for one in asking:
                one.join()
            assert max(waits.values()) < BOUND, waits
            started = monotonic()
            again = client.get("/charts/daily?region=GB&date=2026-11-22")
            assert (again.status_code, again.content) == (200, before.content)
            assert "Age" in again.headers
            assert monotonic() - started < BOUND
        wait_for_status(lambda: client.get(ADDRESS).status_code, 200, 15)
