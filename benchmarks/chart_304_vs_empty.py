"""Requests a second: a chart, open or settled, that the client holds already, by an empty FastAPI route."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from benchmarks.chart_load.load import compare_charts

GOAL: Final = 0.9


def measure() -> dict[str, Any]:
    """The lower of the two median ratios, and both."""
    return compare_charts("chart_304_vs_empty", GOAL, HTTPStatus.NOT_MODIFIED)
