"""Seconds per stage of the runs of settle_charts, from their artifacts in Prefect."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from statistics import median, quantiles
from typing import Final

import httpx

from tests.e2e.line import Line

RUNS_AT_ONCE: Final = 200


def print_stages(line: Line, since: datetime) -> None:
    """Print the median and the 90th percentile of each stage's seconds over the runs since then."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for table in _read_runs(line, since):
        for row in table:
            seconds[row["stage"]].append(float(row["seconds"]))
    print(f"{'stage':<40} {'runs':>6} {'median':>7} {'p90':>7}")
    for stage, took in seconds.items():
        ninth = quantiles(took, n=10)[8] if len(took) > 1 else took[0]
        print(f"{stage:<40} {len(took):>6} {median(took):>7.2f} {ninth:>7.2f}", flush=True)


def _read_runs(line: Line, since: datetime) -> list[list[dict[str, str]]]:
    asked = {
        "artifacts": {"key": {"any_": ["settle-charts"]}}, "sort": "CREATED_DESC", "limit": RUNS_AT_ONCE,
    }  # fmt: skip
    address = f"{line.settings.prefect_api_url}/artifacts/filter"
    answer = httpx.post(address, json=asked, timeout=30).raise_for_status()
    return [json.loads(one["data"]) for one in answer.json() if datetime.fromisoformat(one["created"]) >= since]
