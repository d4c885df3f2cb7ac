"""Acknowledged single plays a second: ingest, by FastAPI and pydantic giving the same body back.

Also tells the latency at half of what ingest can take.
"""

from __future__ import annotations

from typing import Any, Final

from benchmarks.http_load.broker import own_broker
from benchmarks.http_load.pairs import INGEST, Singles, compare_with

GOAL: Final = 1.5
GOAL_P99_MILLISECONDS: Final = 25


def measure() -> dict[str, Any]:
    """The median ratio of all pairs, and the 99th percentile in milliseconds."""
    outcome = compare_with("ingest_ack_vs_echo", GOAL, "echo")
    with own_broker() as settings:
        ingest = Singles(INGEST, settings)
        saturation = ingest.measure().requests_per_second
        half = ingest.measure(rate=saturation / 2)
    print(
        f"at {half.requests_per_second:.0f} of {saturation:.0f} plays/s: p50 {half.p50:.1f} ms, p99 {half.p99:.1f} ms"
    )
    return {
        **outcome,
        "half_rate": round(half.requests_per_second),
        "p99_ms": round(half.p99, 1),
        "goal_p99_ms": GOAL_P99_MILLISECONDS,
        "holds": outcome["holds"] and half.p99 <= GOAL_P99_MILLISECONDS,
    }
