"""Server-sent events over a real HTTP server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import httpx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.updates import fan_out as chart_updates
from tests.api.chart_store import ChartStore
from tests.api.serving import serving, wait_until


def test_more_subscribers_than_can_be_served_are_asked_to_come_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_updates, "MOST_STREAMS", 0)
    answer = client.get("/charts/updates")
    assert (answer.status_code, answer.json()["code"]) == (503, "too_many_streams")
    assert answer.headers["Retry-After"] == "2"


def test_one_client_does_not_take_all_streams(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_updates, "MOST_STREAMS_PER_CLIENT", 1)
    app = create_app(settings)
    with serving(app) as address, httpx.stream("GET", f"{address}/charts/updates", timeout=10):
        wait_until(lambda: app.state.chart_updates.subscribers == 1)
        assert httpx.get(f"{address}/charts/updates", timeout=10).status_code == 503
        other = httpx.HTTPTransport(local_address="127.0.0.2")
        with (
            httpx.Client(transport=other) as client,
            client.stream("GET", f"{address}/charts/updates", timeout=10) as answer,
        ):
            assert answer.status_code == 200


@contextmanager
def notified_again_and_again(store: ChartStore, payload: str) -> Iterator[None]:
    """Postgres notifies meanwhile: a server may have subscribers a moment before it hears of anything."""
    is_heard = threading.Event()

    def notify() -> None:
        while not is_heard.wait(0.1):
            store.announce(datetime.fromisoformat(payload))

    with ThreadPoolExecutor(max_workers=1) as beside:
        notifying = beside.submit(notify)
        try:
            yield
        finally:
            is_heard.set()
    notifying.result()


def test_a_subscriber_is_told_of_a_round(settings: Settings, store: ChartStore) -> None:
    app = create_app(settings)
    with (
        serving(app) as address,
        httpx.stream("GET", f"{address}/charts/updates", timeout=10) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        wait_until(lambda: app.state.chart_updates.subscribers == 1)
        lines = (line for line in answer.iter_lines() if line.startswith("data:"))
        expected = 'data: {"complete_through":"2026-11-22T14:32:03Z"}'
        with notified_again_and_again(store, "2026-11-22T14:32:03+00:00"):
            assert any(line == expected for _, line in zip(range(2), lines, strict=False))
    wait_until(lambda: app.state.chart_updates.subscribers == 0)
