"""An hour of the demo: how old the open chart is, and what the whole stack takes, at 20 ordinary plays a second.

``MINUTES`` says how long. The plays are those of `make demo`: its simulator, with the hours that it posts first.
A probe every ten seconds: a play of one more song, whose chart is requested until it shows the play.
Printed every five minutes: cores, memory of the lake driver, and bytes of the lake by Kafka's.
"""

from __future__ import annotations

import time
from statistics import quantiles
from typing import Any, Final

from pydantic import Field
from pydantic_settings import BaseSettings

from benchmarks.live_load.consumption import Consumption, read_consumption
from benchmarks.live_load.traffic import POLL_SECONDS, Probes, simulated
from tests.e2e.line import Line
from tests.whole_stack import own_stack

GOAL_P50: Final = 2.0
GOAL_P99: Final = 5.0
GOAL_CORES: Final = 0.35
GOAL_LAKE: Final = 4.0
DEFAULTS: Final = {"BRONZE_TRIGGER_SECONDS": "60", "SETTLE_INTERVAL_SECONDS": "600"}
PROBE_SECONDS: Final = 10.0
REPORT_SECONDS: Final = 300.0
PATIENCE_SECONDS: Final = 120.0
MEGABYTE: Final = 1_000_000


class HourSettings(BaseSettings):
    """What may be changed, by the environment variable of its name."""

    minutes: float = Field(60, description="how long to measure")


def measure() -> dict[str, Any]:
    """Start a stack with default settings, let the demo's traffic run, and measure."""
    seconds = HourSettings().minutes * 60
    with own_stack(**DEFAULTS) as stack, simulated(stack.line):
        data_dir = stack.line.settings.data_dir
        begun, first = time.monotonic(), read_consumption(data_dir)
        ages = sorted(_probe(stack.line, seconds))
        elapsed, last = time.monotonic() - begun, read_consumption(data_dir)
    parts = last.cores_since(first, elapsed)
    cuts, cores, lake = quantiles(ages, n=100), sum(parts.values()), last.lake_bytes / last.kafka_bytes
    holds = cuts[49] <= GOAL_P50 and cuts[98] <= GOAL_P99 and cores <= GOAL_CORES and lake <= GOAL_LAKE
    return {
        "name": "ordinary_hour", "p50": round(cuts[49], 2), "p99": round(cuts[98], 2), "probes": len(ages),
        "minutes": round(elapsed / 60, 1), "cores": round(cores, 2), "parts": parts, "lake_by_kafka": round(lake, 1),
        "driver_megabytes": last.driver_memory // MEGABYTE, "goal": GOAL_CORES, "holds": holds,
    }  # fmt: skip


def _probe(line: Line, seconds: float) -> list[float]:
    probes, begun = Probes(line), time.monotonic()
    due, report, before = begun, begun + REPORT_SECONDS, read_consumption(line.settings.data_dir)
    while (now := time.monotonic()) < begun + seconds or probes.waiting:
        if now > begun + seconds + PATIENCE_SECONDS:
            raise TimeoutError(f"{probes.waiting} probes were not in the chart after {PATIENCE_SECONDS:.0f} s")
        if now >= due and now < begun + seconds:
            probes.send()
            due += PROBE_SECONDS
        if probes.waiting:
            probes.look()
        if now >= report:
            before = _report(line, before, now - report + REPORT_SECONDS)
            report = now + REPORT_SECONDS
        time.sleep(POLL_SECONDS)
    return probes.seconds


def _report(line: Line, before: Consumption, elapsed: float) -> Consumption:
    now = read_consumption(line.settings.data_dir)
    parts = now.cores_since(before, elapsed)
    print(
        f"{sum(parts.values()):.2f} cores {parts}, driver {now.driver_memory // MEGABYTE} MB, "
        f"lake {now.lake_bytes // MEGABYTE} MB, Kafka {now.kafka_bytes // MEGABYTE} MB",
        flush=True,
    )
    return now
