"""The 99th percentile of a chart that is not in memory, by that of its query alone.

One request at a time and one query at a time, taking turns, so that both meet the same machine. The api
remembers nothing while it is measured; the query runs on one warm connection of the same role.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import dict_row

from api.charts.grains import LENGTHS, Grain
from api.charts.queries import CHART
from api.settings import Settings
from api.storage.database import connection_string
from benchmarks.chart_load.charts import WINDOWS, charts
from benchmarks.chart_load.servers import API, chart_path, find_chart, serving
from benchmarks.chart_load.settings import ChartLoadSettings

GOAL: Final = 2.0
PAIRS_A_RUN: Final = 500
CHART_SIZE: Final = 100


def measure() -> dict[str, Any]:
    """The higher of the two median ratios, of an open and a settled chart, and both."""
    with charts(), serving(API, {"API_MEMORY_BYTES": "0"}) as address:
        outcomes = {kind: _compare(address, find_chart(address, is_final)) for kind, is_final in WINDOWS.items()}
    higher = max(outcomes.values(), key=lambda one: one["ratio"])
    return higher | {kind: outcome["ratio"] for kind, outcome in outcomes.items()}


def _compare(address: str, chart: dict[str, Any]) -> dict[str, Any]:
    ratios = [_run(number, address, chart) for number in range(1, ChartLoadSettings().bench_pairs + 1)]
    return {
        "name": "chart_miss_vs_query",
        "ratio": round(median(ratios), 2),
        "range": [round(min(ratios), 2), round(max(ratios), 2)],
        "pairs": len(ratios),
        "goal": GOAL,
        "holds": median(ratios) <= GOAL,
    }


def _run(number: int, address: str, chart: dict[str, Any]) -> float:
    location = urlsplit(address)
    client = http.client.HTTPConnection(str(location.hostname), location.port, timeout=30)
    parameters = {"grain": Grain.HOUR, "region": "global", "window_start": chart["window_start"]}
    asked = {**parameters, "length": LENGTHS[Grain.HOUR], "limit": CHART_SIZE}
    with psycopg.connect(connection_string(Settings()), autocommit=True, row_factory=dict_row) as connection:

        def query() -> None:
            connection.execute(CHART[Grain.HOUR], asked).fetchall()

        def miss() -> None:
            client.request("GET", chart_path(chart))
            answer = client.getresponse()
            answer.read()
            assert answer.status == http.client.OK

        misses, queries = _take_turns(miss, query)
    print(f"run {number}: p99 {misses * 1000:.2f} ms / {queries * 1000:.2f} ms = {misses / queries:.2f}", flush=True)
    return misses / queries


def _take_turns(first: Callable[[], None], second: Callable[[], None]) -> tuple[float, float]:
    """The 99th percentile of each in seconds, the first tenth left out."""
    seconds = [(_time(first), _time(second)) for _ in range(PAIRS_A_RUN)][PAIRS_A_RUN // 10 :]
    one, other = ([pair[side] for pair in seconds] for side in (0, 1))
    return quantiles(one, n=100)[98], quantiles(other, n=100)[98]


def _time(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
