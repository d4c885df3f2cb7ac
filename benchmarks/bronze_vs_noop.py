"""Rows a second: Kafka to bronze on MinIO, by the same Spark that reads and parses the same and writes nothing.

``BENCH_HOURS`` spreads the plays of twelve regions over so many hours: that many files twelvefold a batch.
"""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.pairs import compare
from benchmarks.lake_load.servers import lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze, run_noop
from benchmarks.lake_load.values import Mix, fill_topic

GOAL: Final = 0.7


def measure() -> dict[str, Any]:
    """The median ratio of all pairs; both sides run once before, so that both are warm."""
    settings = LakeLoadSettings()
    rows = settings.bench_rows
    with lake_servers() as servers:
        topic = fill_topic(servers.kafka, rows, Mix(hours=settings.bench_hours))
        for run in (run_noop, run_bronze):
            run(servers, topic, rows)
        return compare(
            "bronze_vs_noop",
            GOAL,
            lambda: run_bronze(servers, topic, rows).rows_per_second,
            lambda: run_noop(servers, topic, rows).rows_per_second,
            settings.bench_pairs,
        )
