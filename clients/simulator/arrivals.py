"""When a play starts, and in which region: Poisson arrivals that follow each region's day."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Final

from clients.simulator.world import WORLD, Region

SECONDS_AN_HOUR: Final = 3_600
QUIETEST_HOUR: Final = 4
SWING: Final = 0.8
"""How far the rhythm of a day rises above and falls below its mean of 1."""


def arrive(rate: float, start: float, random: Random) -> Iterator[float]:
    """Endless instants (Unix seconds) of a Poisson process with ``rate`` a second."""
    instant = start
    while True:
        instant += random.expovariate(rate)
        yield instant


def arrive_within(count: int, start: float, end: float, random: Random) -> Iterator[float]:
    """``count`` instants of a Poisson process that is known to bring so many, in order."""
    # Given their number, the arrivals of a Poisson process are independent and uniform.
    yield from sorted(random.uniform(start, end) for _ in range(count))


def local_hour(region: Region, instant: float) -> float:
    """The hour of the day, 0 to 24, by the region's rough clock."""
    return (instant / SECONDS_AN_HOUR + region.hours_east_of_utc) % 24


def rhythm(hour: float) -> float:
    """How much is played at this hour of the day, 1 on average: least at four in the morning."""
    return 1 - SWING * math.cos((hour - QUIETEST_HOUR) * math.tau / 24)


class RegionsByHour:
    """Picks the region of a play: more where it is a good hour to listen."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._weights = [_cumulative_weights(hour) for hour in range(24)]

    def pick(self, instant: float) -> Region:
        """The region of the play that starts at this instant (Unix seconds)."""
        weights = self._weights[int(instant // SECONDS_AN_HOUR) % 24]
        return WORLD[bisect(weights, self._random.random() * weights[-1], 0, len(WORLD) - 1)]


def _cumulative_weights(utc_hour: int) -> list[float]:
    middle = (utc_hour + 0.5) * SECONDS_AN_HOUR
    return list(accumulate(region.share * rhythm(local_hour(region, middle)) for region in WORLD))
