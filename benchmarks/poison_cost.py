"""Good plays a second into silver when every second value is poison, by the same without poison.

Both sides bring as many good plays from Kafka through bronze to silver, where a play is a play. Told beside the ratio:
``bronze_ratio``, the same as far as bronze, and ``values_ratio``, there and of all values: whether one that is no play
costs more than one that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from benchmarks.http_load.pairs import conclude
from benchmarks.lake_load.enriching import EnrichedLake, enriched_lakes
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze
from benchmarks.lake_load.values import Mix, fill_topic

GOAL: Final = 0.9
SHARE: Final = 0.5
WARM_UPS: Final = 1


@dataclass(frozen=True)
class Passage:
    """What a topic took on its way: seconds into bronze, and from there into silver."""

    bronze: float
    silver: float

    @property
    def seconds(self) -> float:
        """The whole way."""
        return self.bronze + self.silver


def measure() -> dict[str, Any]:
    """The median ratio of all pairs; both sides run once before, so that both are warm."""
    settings = LakeLoadSettings()
    pairs = settings.bench_pairs + WARM_UPS
    with enriched_lakes(2 * pairs) as lakes:
        kafka, hours = lakes[0].servers.kafka, settings.bench_hours
        both = int(settings.bench_rows / (1 - SHARE))
        clean = fill_topic(kafka, settings.bench_rows, Mix(hours=hours)), settings.bench_rows
        poisoned = fill_topic(kafka, both, Mix(hours=hours, poison=SHARE)), both
        passed = []
        for number in range(pairs):
            order = (clean, poisoned) if number % 2 else (poisoned, clean)
            sides = {topic: _pass(lakes.pop(), topic, rows) for topic, rows in order}
            passed.append((sides[clean[0]], sides[poisoned[0]]))
            print(f"pair {number}: clean {passed[-1][0]}, poisoned {passed[-1][1]}", flush=True)
    measured = passed[WARM_UPS:]
    in_bronze = median(good.bronze / spoiled.bronze for good, spoiled in measured)
    return {
        **conclude("poison_cost", GOAL, [good.seconds / spoiled.seconds for good, spoiled in measured]),
        "bronze_ratio": round(in_bronze, 2),
        "values_ratio": round(in_bronze / (1 - SHARE), 2),
    }


def _pass(lake: EnrichedLake, topic: str, rows: int) -> Passage:
    bronze = run_bronze(lake.servers, topic, rows, lake_root=lake.root)
    return Passage(round(bronze.seconds, 2), round(lake.enrich().seconds, 2))
