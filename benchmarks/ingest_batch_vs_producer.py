"""Acknowledged plays a second: ``POST /plays`` of a hundred, by a producer alone on the same core."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.batches import bare_plays_per_second, batched_plays_per_second
from benchmarks.http_load.broker import own_broker
from benchmarks.http_load.pairs import compare_warm

GOAL: Final = 0.35


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    with own_broker() as settings:
        return compare_warm(
            "ingest_batch_vs_producer",
            GOAL,
            lambda: batched_plays_per_second(settings),
            lambda: bare_plays_per_second(settings),
            settings.bench_pairs,
        )
