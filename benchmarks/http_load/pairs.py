"""Alternating pairs: whatever else the machine does, it does to both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from benchmarks.http_load.broker import own_broker
from benchmarks.http_load.plays import single_bodies
from benchmarks.http_load.servers import own_topic, serving
from benchmarks.http_load.settings import LoadSettings
from benchmarks.http_load.wrk import Load, run_wrk

INGEST: Final = "ingest.app:create_app"
RIVALS: Final = "benchmarks.http_load.rivals"
ACCEPTED: Final = 202
WARM_UP_SECONDS: Final = 1
MICROSECONDS: Final = 1_000_000


def compare(
    name: str, goal: float, ours: Callable[[], float], theirs: Callable[[], float], pairs: int
) -> dict[str, Any]:
    """Measure both sides ``pairs`` times, taking turns in who goes first; the median ratio and its range."""
    ratios = []
    for number in range(pairs):
        first, second = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        measured = {first: first(), second: second()}
        ratios.append(measured[ours] / measured[theirs])
        print(f"{name} {number + 1}: {measured[ours]:.1f} / {measured[theirs]:.1f} = {ratios[-1]:.2f}", flush=True)
    return conclude(name, goal, ratios)


def compare_warm(
    name: str, goal: float, ours: Callable[[], float], theirs: Callable[[], float], pairs: int
) -> dict[str, Any]:
    """The same after each side ran once: a broker that has just started takes half a minute to reach its speed."""
    for side in (ours, theirs):
        side()
    return compare(name, goal, ours, theirs, pairs)


def conclude(name: str, goal: float, ratios: list[float]) -> dict[str, Any]:
    """The outcome of a benchmark whose ratio is to be ``goal`` or more."""
    middle = median(ratios)
    return {
        "name": name,
        "ratio": round(middle, 2),
        "range": [round(min(ratios), 2), round(max(ratios), 2)],
        "pairs": len(ratios),
        "goal": goal,
        "holds": middle >= goal,
    }


@dataclass
class Singles:
    """Single plays posted to the app of a factory, and the server's processor time for each, in microseconds."""

    factory: str
    settings: LoadSettings
    microseconds: list[float] = field(default_factory=list)

    def measure(self, rate: float = 0) -> Load:
        """Post for some seconds, to an app that is warm and has a topic of its own."""
        key = self.settings.ingest_key.get_secret_value()
        seconds = self.settings.bench_seconds
        with own_topic(self.settings) as topic, serving(self.factory, topic, self.settings) as served:
            url = f"{served.url}/play"
            run_wrk(url, single_bodies(), key, ACCEPTED, WARM_UP_SECONDS)
            before = served.cpu_seconds()
            load = run_wrk(url, single_bodies(), key, ACCEPTED, seconds, rate=rate)
            used = served.cpu_seconds() - before
        self.microseconds.append(used / (load.requests_per_second * seconds) * MICROSECONDS)
        return load


def compare_with(name: str, goal: float, rival: str) -> dict[str, Any]:
    """Requests a second of ingest by those of a rival app, and the processor time of each for a request."""
    with own_broker() as settings:
        ours, theirs = Singles(INGEST, settings), Singles(f"{RIVALS}:{rival}", settings)
        outcome = compare_warm(
            name,
            goal,
            lambda: ours.measure().requests_per_second,
            lambda: theirs.measure().requests_per_second,
            settings.bench_pairs,
        )
    return outcome | {
        "microseconds": round(median(ours.microseconds)),
        "rival_microseconds": round(median(theirs.microseconds)),
    }
