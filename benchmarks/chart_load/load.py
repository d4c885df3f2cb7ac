"""Load from ``wrk`` on one address."""

from __future__ import annotations

import json
import shutil
import subprocess
from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx

from benchmarks.chart_load.servers import API, EMPTY, chart_path, find_chart, serving
from benchmarks.chart_load.settings import ChartLoadSettings

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


def chart_rate(settings: ChartLoadSettings, status: HTTPStatus) -> float:
    """Requests a second for the newest chart, warm: in full, or as ``304``."""
    with serving(API) as address:
        is_conditional = status is HTTPStatus.NOT_MODIFIED
        url = address + chart_path(find_chart(address, is_final=is_conditional))
        etag = httpx.get(url, timeout=30).headers["ETag"] if is_conditional else ""
        requests_per_second(url, HTTPStatus.OK, WARM_UP_SECONDS)
        return requests_per_second(url, status, settings.bench_seconds, etag)


def empty_rate(settings: ChartLoadSettings) -> float:
    """Requests a second of the empty route, warm."""
    with serving(EMPTY) as address:
        requests_per_second(f"{address}/", HTTPStatus.OK, WARM_UP_SECONDS)
        return requests_per_second(f"{address}/", HTTPStatus.OK, settings.bench_seconds)
