"""Requests a second: a chart in full, by a FastAPI route that answers nothing.

The chart is the running stack's newest; its rounds go on, so it is asked of Postgres anew after each.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from benchmarks.chart_load.charts import charts
from benchmarks.chart_load.load import chart_rate, empty_rate
from benchmarks.chart_load.settings import ChartLoadSettings
from benchmarks.http_load.pairs import compare

GOAL: Final = 0.9


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    settings = ChartLoadSettings()
    with charts():
        return compare(
            "chart_get_vs_empty",
            GOAL,
            lambda: chart_rate(settings, HTTPStatus.OK),
            lambda: empty_rate(settings),
            settings.bench_pairs,
        )
