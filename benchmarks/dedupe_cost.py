"""Seconds of enriching a batch of which a fifth are duplicates, by the same without any.

Told beside the ratio: what a play of the clean side costs in microseconds of the lake driver's processor.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from benchmarks.lake_load.enriching import Cost, EnrichedLake, enriched_lakes
from benchmarks.lake_load.outcomes import conclude_at_most
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.values import Mix, make_values

GOAL: Final = 1.3
SHARE: Final = 0.2
BATCH: Final = 25_000
WARM_UPS: Final = 2
MICROSECONDS: Final = 1e6


def measure() -> dict[str, Any]:
    """The median ratio of all pairs. Copies are of plays of the same batch and of those before it."""
    rounds = LakeLoadSettings().bench_pairs + WARM_UPS
    with enriched_lakes(2) as (clean, copied):
        sides = ((clean, _values(rounds, 0)), (copied, _values(rounds, SHARE)))
        costs = [_enrich_both(number, *sides) for number in range(rounds)][WARM_UPS:]
    ratios = [after.seconds / before.seconds for before, after in costs]
    a_play = median(before.cpu_seconds for before, _ in costs) / BATCH
    return {**conclude_at_most("dedupe_cost", GOAL, ratios), "cpu_us_per_play": round(a_play * MICROSECONDS)}


def _values(rounds: int, share: float) -> Iterator[bytes]:
    return make_values(rounds * BATCH, Mix(duplicates=share))


Side = tuple[EnrichedLake, Iterator[bytes]]


def _enrich_both(number: int, clean: Side, copied: Side) -> tuple[Cost, Cost]:
    order = (clean, copied) if number % 2 else (copied, clean)
    costs = {id(lake): lake.take(values, BATCH) for lake, values in order}
    before, after = costs[id(clean[0])], costs[id(copied[0])]
    assert before.tally.duplicates == 0 < after.tally.duplicates
    print(
        f"batch {number}: {after.seconds:.2f} s with {after.tally.duplicates} duplicates / {before.seconds:.2f} s",
        flush=True,
    )
    return before, after
