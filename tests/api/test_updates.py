"""Server-sent events over a real HTTP server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import httpx
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.chart_updates import CHANNEL
from api.settings import Settings
from tests.api.chart_store import ChartStore


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


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait up to ten seconds for a condition to hold."""
    deadline = monotonic() + 10
    while not condition():
        assert monotonic() < deadline
        sleep(0.01)


def test_a_follower_is_told_of_a_round(settings: Settings, store: ChartStore) -> None:
    app = create_app(settings)
    with (
        serving(app) as address,
        httpx.stream("GET", f"{address}/charts/updates", timeout=10) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        wait_until(lambda: app.state.chart_updates.followers == 1)
        instant = "2026-11-22T14:32:03+00:00"
        lines = (line for line in answer.iter_lines() if line.startswith("data:"))
        expected = 'data: {"complete_through":"2026-11-22T14:32:03Z"}'
        store.connection.execute("select pg_notify(%s, %s)", [CHANNEL, instant])
        assert any(line == expected for _, line in zip(range(2), lines, strict=False))
    wait_until(lambda: app.state.chart_updates.followers == 0)
