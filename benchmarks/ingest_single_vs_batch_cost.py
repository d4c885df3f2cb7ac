"""What a play costs of ingest's core: one by one, by the same in batches of a hundred."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.batches import BATCH, cpu_per_play
from benchmarks.http_load.broker import own_broker
from benchmarks.http_load.pairs import compare_warm

GOAL: Final = 20
MICROSECONDS: Final = 1e6


def measure() -> dict[str, Any]:
    """The median ratio of all pairs, of microseconds a play."""
    with own_broker() as settings:
        return compare_warm(
            "ingest_single_vs_batch_cost",
            GOAL,
            lambda: cpu_per_play(settings, 1) * MICROSECONDS,
            lambda: cpu_per_play(settings, BATCH) * MICROSECONDS,
            settings.bench_pairs,
        )
