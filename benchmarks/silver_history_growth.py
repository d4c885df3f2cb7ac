"""Seconds of processor for enriching one new hour: with a hundred hours of history, by the same with one.

Also tells the bytes that were read from the object store.
"""

from __future__ import annotations

from statistics import median
from typing import Any, Final

from benchmarks.lake_load.enriching import Cost, EnrichedLake, enriched_lakes
from benchmarks.lake_load.history import write_history
from benchmarks.lake_load.outcomes import conclude_at_most
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.values import Mix, make_values

GOAL: Final = 1.2
HISTORIES: Final = (1, 100)
PLAYS_AN_HOUR: Final = 10_000
WARM_UPS: Final = 2


def measure() -> dict[str, Any]:
    """The median ratio of all pairs; each pair enriches the same next hour of both lakes."""
    pairs = LakeLoadSettings().bench_pairs
    with enriched_lakes(len(HISTORIES)) as (short, long):
        for lake, hours in zip((short, long), HISTORIES, strict=True):
            write_history(lake, hours, PLAYS_AN_HOUR)
        costs = [_enrich_both(short, long, number) for number in range(pairs + WARM_UPS)][WARM_UPS:]
    ratios = [after.cpu_seconds / before.cpu_seconds for before, after in costs]
    read = [median(pair[side].read_bytes for pair in costs) for side in (0, 1)]
    return {
        **conclude_at_most("silver_history_growth", GOAL, ratios),
        "read_bytes": read,
        "read_bytes_ratio": round(read[1] / read[0], 2),
        "seconds_ratio": round(median(after.seconds / before.seconds for before, after in costs), 2),
    }


def _enrich_both(short: EnrichedLake, long: EnrichedLake, number: int) -> tuple[Cost, Cost]:
    mix = Mix(hours=1).later(number)
    order = (short, long) if number % 2 else (long, short)
    costs = {id(lake): lake.take(make_values(PLAYS_AN_HOUR, mix), PLAYS_AN_HOUR) for lake in order}
    before, after = costs[id(short)], costs[id(long)]
    print(
        f"hour {number}: {after.cpu_seconds:.2f} / {before.cpu_seconds:.2f} s of processor, "
        f"{after.seconds:.2f} / {before.seconds:.2f} s, {after.read_bytes:,} / {before.read_bytes:,} bytes, "
        f"{after.requests} / {before.requests} requests",
        flush=True,
    )
    return before, after
