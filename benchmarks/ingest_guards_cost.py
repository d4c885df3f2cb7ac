"""Acknowledged single plays a second: ingest, by the same path without keys, limits, ids and metrics."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.pairs import compare_with

GOAL: Final = 0.92


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    return compare_with("ingest_guards_cost", GOAL, "without_guards")
