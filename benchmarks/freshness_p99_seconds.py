"""Seconds from a play's 202 to ``GET /charts``, at a steady rate with a day of plays counted before.

``MINUTES``, ``RATE`` and ``LIVE_PLAYS`` say how long, how many plays a second, and how large the day is.
Beside the plays, one probe every two seconds: a play of one more song, whose chart is requested ten times a second.
``slowdowns`` says how much slower the machine was during the run than at its fastest.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any, Final

from benchmarks.live_load.line import RateSettings, line_with_live_day
from benchmarks.live_load.machine_speed import MachineSpeed
from benchmarks.live_load.stages import print_stages
from benchmarks.live_load.traffic import POLL_SECONDS, Probes, Traffic
from tests.e2e.line import Line

GOAL: Final = 5
GOAL_P50: Final = 2
PROBE_SECONDS: Final = 2
WARM_UP_SECONDS: Final = 120
PATIENCE_SECONDS: Final = 300


def measure() -> dict[str, Any]:
    """The 99th percentile of all probes in seconds, and what the stages of settle_charts took."""
    settings = RateSettings()
    with line_with_live_day(settings.live_plays) as line:
        return measure_on(line, settings)


def measure_on(line: Line, settings: RateSettings) -> dict[str, Any]:
    """The same on a line that is up."""
    with MachineSpeed() as machine, Traffic(line, settings.rate) as traffic:
        time.sleep(WARM_UP_SECONDS)
        begun, before = datetime.now(UTC), traffic.accepted
        seconds = sorted(_probe(Probes(line), settings.minutes * 60))
        rate = (traffic.accepted - before) / (datetime.now(UTC) - begun).total_seconds()
        print_stages(line, begun)
    cuts = quantiles(seconds, n=100)
    return {
        "name": "freshness_p99_seconds", "seconds": round(cuts[98], 2), "p50": round(cuts[49], 2),
        "p90": round(cuts[89], 2), "worst": round(seconds[-1], 2), "probes": len(seconds), "rate": round(rate),
        "minutes": settings.minutes, "live_plays": settings.live_plays, "slowdowns": machine.slowdowns, "goal": GOAL,
        "holds": cuts[98] <= GOAL and cuts[49] <= GOAL_P50,
    }  # fmt: skip


def _probe(probes: Probes, seconds: float) -> list[float]:
    """Send probes for so long, and look until each was seen."""
    begun = due = time.monotonic()
    while time.monotonic() < begun + seconds or probes.waiting:
        if due <= time.monotonic() < begun + seconds:
            probes.send()
            due += PROBE_SECONDS
        probes.look()
        if time.monotonic() > begun + seconds + PATIENCE_SECONDS:
            raise TimeoutError(f"{probes.waiting} probes were not in the charts after {PATIENCE_SECONDS} s")
        time.sleep(POLL_SECONDS)
    return probes.seconds
