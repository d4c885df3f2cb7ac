"""Rows a second into bronze: the lake driver, by a Python consumer with polars and deltalake.

The consumer keeps the same columns in the same partitions, judges by the same limits, and marks its commits in
the same way. Both use every core. Told beside the ratio: what a play costs each in microseconds of processor,
what each needs of memory, and the rates in plays a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import Any, Final

from benchmarks.http_load.pairs import compare
from benchmarks.lake_load.servers import LakeServers, lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import BATCH_ROWS, run_bronze
from benchmarks.lake_load.values import Mix, fill_topic
from local.environment import ROOT
from streaming.lake import LakeTable

GOAL: Final = 1.0
MICROSECONDS: Final = 1e6


def measure() -> dict[str, Any]:
    """The median ratio of all pairs; the lake driver runs once before, so that it is warm."""
    settings = LakeLoadSettings()
    rows = settings.bench_rows
    with lake_servers() as servers:
        topic = fill_topic(servers.kafka, rows, Mix(hours=settings.bench_hours))
        run_bronze(servers, topic, rows)
        sides = _Sides(servers, topic, rows)
        outcome = compare("bronze_vs_polars", GOAL, sides.ours, sides.theirs, settings.bench_pairs)
    return {**outcome, "ours": sides.describe("ours"), "polars": sides.describe("theirs")}


class _Sides:
    """Runs either side and remembers what it cost."""

    def __init__(self, servers: LakeServers, topic: str, rows: int) -> None:
        self._servers, self._topic, self._rows = servers, topic, rows
        self._costs: dict[str, list[dict[str, float]]] = {"ours": [], "theirs": []}

    def ours(self) -> float:
        before = self._servers.cpu_seconds()
        rate = run_bronze(self._servers, self._topic, self._rows).rows_per_second
        cost = {"cpu_seconds": self._servers.cpu_seconds() - before, "memory_bytes": self._servers.memory_bytes()}
        self._costs["ours"].append({"rate": rate, **cost})
        return rate

    def theirs(self) -> float:
        table = LakeTable.BRONZE_PLAYS.path(self._servers.new_lake()).replace("s3a://", "s3://")
        module = [sys.executable, "-m", "benchmarks.lake_load.polars_consumer"]
        command = [*module, self._topic, table, str(self._rows), str(BATCH_ROWS)]
        variables = self._servers.environment
        done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True, check=True)
        cost = json.loads(done.stdout)
        rate = self._rows / float(cost["seconds"])
        self._costs["theirs"].append({"rate": rate, **cost})
        return rate

    def describe(self, side: str) -> dict[str, int]:
        rate, cpu, memory = (
            median(one[name] for one in self._costs[side]) for name in ("rate", "cpu_seconds", "memory_bytes")
        )
        return {
            "plays_per_second": round(rate),
            "cpu_us_per_play": round(cpu / self._rows * MICROSECONDS),
            "memory_mb": round(memory / 1e6),
        }
