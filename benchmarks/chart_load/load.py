"""Load from ``wrk`` on one address."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.chart_load.charts import WINDOWS, charts
from benchmarks.chart_load.servers import API, EMPTY, chart_path, find_chart, serving
from benchmarks.chart_load.settings import ChartLoadSettings
from benchmarks.http_load.pairs import compare

CONNECTIONS: Final = 32
LOAD_CORE: Final = 1
WARM_UP_SECONDS: Final = 1
SCRIPT: Final = Path(__file__).with_name("get.lua")


class LoadError(RuntimeError):
    """The run measured nothing that counts: ``wrk`` is missing, or answers were not what they should be."""


def requests_per_second(url: str, status: HTTPStatus, seconds: float, etag: str = "") -> float:
    """Answers of this status a second, as fast as they come.

    Raises ``LoadError`` when any answer had another status, or a connection failed.
    """
    if shutil.which("wrk") is None:
        raise LoadError("wrk is needed for this benchmark: apt install wrk")
    load = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout", "20s"]
    command = [*load, "-s", str(SCRIPT), url, "--", str(status.value), etag]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout.splitlines()[-1])
    if measured["other"] or measured["errors"]:
        raise LoadError(f"{measured['other']} other answers, {measured['errors']} errors, last {measured['last']}")
    return float(measured["requests"] / measured["seconds"])


def chart_rate(settings: ChartLoadSettings, status: HTTPStatus, is_final: bool) -> float:
    """Requests a second for the newest chart that is final or open, warm: in full, or as ``304``."""
    with serving(API) as address:
        url = address + chart_path(find_chart(address, is_final))
        etag = httpx.get(url, timeout=30).headers["ETag"] if status is HTTPStatus.NOT_MODIFIED else ""
        requests_per_second(url, HTTPStatus.OK, WARM_UP_SECONDS)
        return requests_per_second(url, status, settings.bench_seconds, etag)


def compare_charts(name: str, goal: float, status: HTTPStatus) -> dict[str, Any]:
    """Requests a second for an open and a settled chart by those of an empty route; the lower ratio is the outcome."""
    settings = ChartLoadSettings()
    with charts():
        outcomes = {}
        for kind, is_final in WINDOWS.items():
            ours = partial(chart_rate, settings, status, is_final)
            outcomes[kind] = compare(name, goal, ours, partial(empty_rate, settings), settings.bench_pairs)
    lower = min(outcomes.values(), key=lambda one: one["ratio"])
    return lower | {kind: outcome["ratio"] for kind, outcome in outcomes.items()}


def empty_rate(settings: ChartLoadSettings) -> float:
    """Requests a second of the empty route, warm."""
    with serving(EMPTY) as address:
        requests_per_second(f"{address}/", HTTPStatus.OK, WARM_UP_SECONDS)
        return requests_per_second(f"{address}/", HTTPStatus.OK, settings.bench_seconds)
