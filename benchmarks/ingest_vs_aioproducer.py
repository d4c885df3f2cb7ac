"""Acknowledged single plays a second: ingest, by a FastAPI route with confluent-kafka's ``AIOProducer``."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.pairs import compare_with

GOAL: Final = 1.5


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    return compare_with("ingest_vs_aioproducer", GOAL, "with_aioproducer")
