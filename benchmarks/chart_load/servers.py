"""Both sides of a comparison, each served alike on the same core; and the chart that is asked for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import httpx

from benchmarks.chart_load.charts import find_window
from local.environment import ROOT

API: Final = "api.app:create_app"
EMPTY: Final = "benchmarks.chart_load.empty_app:create_app"
SERVER_CORE: Final = 0
PATIENCE_SECONDS: Final = 60
UVICORN: Final = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning")


@contextmanager
def serving(factory: str, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the app that ``factory`` (``module:function``) makes, on one core; gives its address."""
    port = _free_port()
    server = ["-m", "uvicorn", "--factory", factory, "--port", str(port), *UVICORN]
    command = ["taskset", "-c", str(SERVER_CORE), sys.executable, *server]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(variables or {})})
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def find_chart(address: str, is_final: bool) -> dict[str, Any]:
    """Return the window of :func:`find_window`, and print how large its chart is."""
    found = find_window(address, is_final)
    chart = httpx.get(address + chart_path(found), timeout=30).raise_for_status()
    print(f"asking for a chart of {len(chart.json()['entries'])} entries, {len(chart.content)} bytes", flush=True)
    return found


def chart_path(chart: Mapping[str, Any]) -> str:
    """Where that chart is on any api."""
    return f"/charts/hourly?region=global&hour={chart['window_start']}"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server does not answer; it has ended with {process.poll()}")
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        httpx.get(f"{address}/healthz", timeout=5)
    except httpx.TransportError:
        return False
    return True
