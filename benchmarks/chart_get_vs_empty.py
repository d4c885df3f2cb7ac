"""Requests a second: an open and a settled chart in full, by a FastAPI route that answers nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from benchmarks.chart_load.load import compare_charts

GOAL: Final = 0.9


def measure() -> dict[str, Any]:
    """The lower of the two median ratios, and both."""
    return compare_charts("chart_get_vs_empty", GOAL, HTTPStatus.OK)
