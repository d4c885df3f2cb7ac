"""``python -m benchmarks.lake_load.kinds``: what a value costs the lake driver on its way to bronze, good or spoilt.

Each kind has a topic of its own, which the driver's own query brings into a bronze of its own, and which is then
read and judged alone. Microseconds of the driver's processor a value, all its threads included; the least of some
repeats, after one that is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.lake_load.servers import LakeServers, lake_servers
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.streams import run_bronze, run_noop
from benchmarks.lake_load.values import WAYS_TO_SPOIL, Mix, make_values, write_values

GOOD: Final = "a good play"
BATCH_ROWS: Final = 100_000
MICROSECONDS: Final = 1e6


@dataclass(frozen=True)
class Price:
    """Microseconds of processor a value: read, parsed and judged; and all that until bronze holds it."""

    judged: float
    kept: float


def measure(settings: LakeLoadSettings) -> Iterator[tuple[str, Price]]:
    """Each kind of value and its price; the kinds take turns, so that all find the driver as warm."""
    rows = settings.bench_rows
    with lake_servers() as servers:
        topics = dict(_fill_topics(servers, rows, settings.bench_hours))
        prices: Mapping[str, list[Price]] = {kind: [] for kind in topics}
        for turn in range(settings.bench_pairs + 1):
            for kind, topic in topics.items():
                prices[kind].append(_price(servers, topic, rows))
                print(f"turn {turn}, {kind}: {prices[kind][-1]}", flush=True)
    for kind, (_, *counted) in prices.items():
        yield kind, Price(min(price.judged for price in counted), min(price.kept for price in counted))


def _fill_topics(servers: LakeServers, rows: int, hours: int) -> Iterator[tuple[str, str]]:
    for kind, spoil in {GOOD: bytes, **WAYS_TO_SPOIL}.items():
        topic = servers.kafka.new_topic()
        write_values(servers.kafka.bootstrap_servers, topic, map(spoil, make_values(rows, Mix(hours=hours))))
        yield kind, topic


def _price(servers: LakeServers, topic: str, rows: int) -> Price:
    def cost(run: Callable[[LakeServers, str, int, int], object]) -> float:
        before = servers.cpu_seconds()
        run(servers, topic, rows, BATCH_ROWS)
        return (servers.cpu_seconds() - before) / rows * MICROSECONDS

    return Price(judged=cost(run_noop), kept=cost(run_bronze))


def main() -> None:
    """Print a table."""
    for kind, price in measure(LakeLoadSettings()):
        print(f"{kind:<24} judged {price.judged:6.1f} µs, kept in bronze {price.kept:6.1f} µs", flush=True)


if __name__ == "__main__":
    main()
