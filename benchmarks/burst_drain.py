"""How fast a burst of ten times the rate is drained: plays a second into the charts, by the rate.

For a minute's worth, ten times as many plays are posted as fast as ingest takes them, while the steady
rate goes on; a burst is drained when the charts hold every play acknowledged up to its end.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median
from typing import Any, Final

from benchmarks.live_load.line import RateSettings, line_with_live_day
from benchmarks.live_load.traffic import HonestPlays, Traffic
from tests.e2e.line import Line

GOAL: Final = 8
BURST_SECONDS: Final = 60
BURST: Final = 10
BATCH: Final = 1_000
POSTERS: Final = 4
BURSTS: Final = 2
PAUSE_SECONDS: Final = 60
"""Before each burst, at the steady rate alone."""
PATIENCE_SECONDS: Final = 900


def measure() -> dict[str, Any]:
    """Plays a second into the charts, from a burst's first to its last, by the steady rate: the median of bursts."""
    settings = RateSettings()
    with line_with_live_day(settings.live_plays) as line:
        return measure_on(line, settings)


def measure_on(line: Line, settings: RateSettings) -> dict[str, Any]:
    """The same on a line that is up."""
    with Traffic(line, settings.rate) as traffic:
        ratios = [_drain_burst(line, settings.rate, traffic) for _ in range(BURSTS)]
    return {
        "name": "burst_drain",
        "ratio": round(median(ratios), 2),
        "range": [round(min(ratios), 2), round(max(ratios), 2)],
        "bursts": BURSTS,
        "goal": GOAL,
        "holds": median(ratios) >= GOAL,
    }


def _drain_burst(line: Line, rate: int, traffic: Traffic) -> float:
    time.sleep(PAUSE_SECONDS)
    before, begun = traffic.accepted, time.monotonic()
    burst = rate * BURST * BURST_SECONDS
    _post(line, burst)
    posted, steady = time.monotonic() - begun, traffic.accepted - before
    line.wait_until_complete(datetime.now(UTC), PATIENCE_SECONDS)
    seconds = time.monotonic() - begun
    print(f"{burst:,} plays were posted in {posted:.1f} s and in the charts after {seconds:.1f} s", flush=True)
    return (burst + steady) / seconds / rate


def _post(line: Line, plays: int) -> None:
    poster, honest = line.poster(), HonestPlays(seed=plays)
    with ThreadPoolExecutor(POSTERS) as together:
        batches = (together.submit(poster.submit_all, honest.make(BATCH)) for _ in range(plays // BATCH))
        for batch in list(batches):
            batch.result()
    poster.close()
