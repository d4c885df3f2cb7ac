"""Good plays a second into bronze when every second value is poison, by the same without poison.

``values_ratio`` tells of all values instead: whether one that is no play costs more than one that is.
"""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.pairs import compare
from benchmarks.lake_load.servers import lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze
from benchmarks.lake_load.values import Mix, fill_topic

GOAL: Final = 0.9
SHARE: Final = 0.5
BATCH_ROWS: Final = 100_000


def measure() -> dict[str, Any]:
    """The median ratio of all pairs; both sides run once before, so that both are warm."""
    settings = LakeLoadSettings()
    rows = settings.bench_rows
    with lake_servers() as servers:
        clean = fill_topic(servers.kafka, rows, Mix(hours=settings.bench_hours))
        poisoned = fill_topic(servers.kafka, rows, Mix(hours=settings.bench_hours, poison=SHARE))

        def values_per_second(topic: str) -> float:
            return run_bronze(servers, topic, rows, BATCH_ROWS).rows_per_second

        for topic in (clean, poisoned):
            values_per_second(topic)
        outcome = compare(
            "poison_cost",
            GOAL,
            lambda: values_per_second(poisoned) * (1 - SHARE),
            lambda: values_per_second(clean),
            settings.bench_pairs,
        )
    return {**outcome, "values_ratio": round(outcome["ratio"] / (1 - SHARE), 2)}
