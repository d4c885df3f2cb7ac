"""``python -m benchmarks.lake_load.kinds``: what a value costs the lake driver on its way to bronze, good or spoilt.

Each kind has a topic of its own, which the driver's own query brings into a bronze of its own, and which is then
read and judged alone. Microseconds of the driver's processor a value, all its threads included; the least of some
repeats, after one that is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.lake_load.servers import LakeServers, lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze, run_noop
from benchmarks.lake_load.values import WAYS_TO_SPOIL, Mix, fill_topic

GOOD: Final = "a good play"
MICROSECONDS: Final = 1e6


@dataclass(frozen=True)
class Price:
    """Microseconds of processor a value: read, parsed and judged; and all that until bronze holds it."""

    judged: float
    kept: float


def measure(settings: LakeLoadSettings) -> Mapping[str, Price]:
    """Each kind of value and its price; the kinds take turns, so that all find the driver as warm."""
    rows, mix = settings.bench_rows, Mix(hours=settings.bench_hours)
    with lake_servers() as servers:
        kinds = {GOOD: bytes, **WAYS_TO_SPOIL}
        topics = {kind: fill_topic(servers.kafka, rows, mix, spoil) for kind, spoil in kinds.items()}
        prices: Mapping[str, list[Price]] = {kind: [] for kind in topics}
        for turn in range(settings.bench_pairs + 1):
            for kind, topic in topics.items():
                prices[kind].append(_price(servers, topic, rows))
                print(f"turn {turn}, {kind}: {prices[kind][-1]}", flush=True)
    return {
        kind: Price(min(price.judged for price in counted), min(price.kept for price in counted))
        for kind, (_, *counted) in prices.items()
    }


def _price(servers: LakeServers, topic: str, rows: int) -> Price:
    def cost(run: Callable[[LakeServers, str, int], object]) -> float:
        before = servers.cpu_seconds()
        run(servers, topic, rows)
        return (servers.cpu_seconds() - before) / rows * MICROSECONDS

    return Price(judged=cost(run_noop), kept=cost(run_bronze))


def main() -> None:
    """Print a table."""
    for kind, price in measure(LakeLoadSettings()).items():
        print(f"{kind:<24} judged {price.judged:6.1f} µs, kept in bronze {price.kept:6.1f} µs", flush=True)


if __name__ == "__main__":
    main()
