"""Asked to stop, the api stops, whoever still follows it."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from time import monotonic

import httpx
import pytest

from api.settings import Settings
from tests.api.chart_store import ChartStore
from tests.api.serving import api_process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_open_event_streams_do_not_keep_the_process_from_stopping(
    settings: Settings, store: ChartStore, number: signal.Signals
) -> None:
    with api_process(settings) as (process, address), ExitStack() as subscribers:
        streams = [
            subscribers.enter_context(httpx.stream("GET", f"{address}/charts/updates", timeout=30)) for _ in range(3)
        ]
        assert all(stream.is_success for stream in streams)
        started = monotonic()
        process.send_signal(number)
        for stream in streams:
            assert not any(line.startswith("data: null") for line in stream.iter_lines())
        process.wait(10)
        assert monotonic() - started < 3
