"""Arrivals are as many as asked for, random as Poisson says, and follow each region's day."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from random import Random
from statistics import fmean, variance

import pytest

from clients.simulator.arrivals import RegionsByHour, arrive, arrive_within, local_hour, rhythm
from clients.simulator.world import REGION_CODES, WORLD


def test_arrivals_come_at_the_given_rate_with_a_variance_like_their_mean() -> None:
    instants = list(islice(arrive(20, 0, Random(1)), 20_000))
    seconds = Counter(int(instant) for instant in instants)
    counts = [seconds[second] for second in range(900)]
    assert fmean(counts) == pytest.approx(20, rel=0.05)
    assert variance(counts) == pytest.approx(20, rel=0.2)


def test_the_same_seed_gives_the_same_arrivals() -> None:
    one, other = (list(islice(arrive(5, 100, Random(7)), 50)) for _ in range(2))
    assert one == other
    assert all(before < after for before, after in pairwise(one))


def test_history_holds_exactly_as_many_arrivals_in_order() -> None:
    instants = list(arrive_within(1_000, 3_600, 7_200, Random(1)))
    assert len(instants) == 1_000
    assert instants == sorted(instants)
    assert 3_600 <= instants[0] <= instants[-1] <= 7_200


def test_the_rhythm_of_a_day_averages_one_and_is_least_at_four() -> None:
    hours = [rhythm(hour) for hour in range(24)]
    assert fmean(hours) == pytest.approx(1)
    assert min(range(24), key=hours.__getitem__) == 4


def test_a_region_is_heard_more_when_its_own_clock_says_afternoon() -> None:
    japan = next(region for region in WORLD if region.code == "JP")
    regions = RegionsByHour(Random(1))

    def plays_at(utc_hour: int) -> int:
        return sum(regions.pick(utc_hour * 3_600.0) is japan for _ in range(5_000))

    assert local_hour(japan, 7 * 3_600) == 16
    assert plays_at(7) > 3 * plays_at(19)


def test_every_region_of_the_world_is_heard_within_a_day() -> None:
    regions = RegionsByHour(Random(1))
    heard = {regions.pick(hour * 3_600.0).code for hour in range(24) for _ in range(500)}
    assert heard == set(REGION_CODES)
    assert len(heard) >= 12
