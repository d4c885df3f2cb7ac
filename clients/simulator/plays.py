"""Plays as an honest client posts them, one for each arrival."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any, Final, NamedTuple

from clients.simulator.arrivals import SECONDS_AN_HOUR, RegionsByHour, local_hour
from clients.simulator.catalogue import Catalogue, Persona
from clients.simulator.taste import Taste
from clients.simulator.world import WORLD, Region

SECONDS_A_DAY: Final = 86_400
WITH_PLAY_ID: Final = 0.75
WITH_MS_PLAYED: Final = 0.9
CLIENT: Final = {"name": "simulator", "version": "1"}
WORLD_SHARE: Final = sum(region.share for region in WORLD)

Body = dict[str, Any]


class DuePlay(NamedTuple):
    """A play and the instant (Unix seconds) at which it is to be posted."""

    due: float
    body: Body


def write_time(instant: float) -> str:
    """RFC 3339 in UTC with microseconds, from Unix seconds."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Audience:
    """Makes plays: who listens where and when, to what and for how long."""

    def __init__(self, catalogue: Catalogue, listeners: int, seed: int) -> None:
        self._random = Random(f"{seed} plays")
        self._regions = RegionsByHour(self._random)
        self._taste = Taste(catalogue, seed, self._random)
        self._personas = catalogue.personas
        self._persona_weights = lru_cache(maxsize=None)(self._weigh_personas)
        self._crowds = {
            region.code: max(1, round(listeners * region.share / WORLD_SHARE / len(self._personas))) for region in WORLD
        }
        self._seed = seed

    def play(self, instants: Iterable[float]) -> Iterator[DuePlay]:
        """One play for each instant (Unix seconds), started and due right then."""
        for number, instant in enumerate(instants):
            yield DuePlay(instant, self._make_play(number, instant))

    def _make_play(self, number: int, instant: float) -> Body:
        region = self._regions.pick(instant)
        kind = self._pick_persona(int(local_hour(region, instant)))
        song = self._taste.pick(region, self._personas[kind], int(instant // SECONDS_A_DAY))
        length = song.duration_seconds * 1_000
        body: Body = {
            "user_id": self._pick_listener(region, kind),
            "title": song.title,
            "artist": song.artist,
            "region": region.code,
            "played_at": write_time(instant),
            "duration_ms": length,
            "client": CLIENT,
        }
        if self._random.random() < WITH_PLAY_ID:
            body["play_id"] = f"sim-{self._seed}-{number}"
        if self._random.random() < WITH_MS_PLAYED:
            body["ms_played"] = int(length * (0.5 + self._random.random() / 2))
        return body

    def _pick_persona(self, hour: int) -> int:
        weights = self._persona_weights(hour)
        return bisect(weights, self._random.random() * weights[-1], 0, len(weights) - 1)

    def _weigh_personas(self, hour: int) -> list[float]:
        return list(accumulate(_presence(persona, hour) for persona in self._personas))

    def _pick_listener(self, region: Region, kind: int) -> str:
        # Squared: some listen far more than others.
        place = int(self._crowds[region.code] * self._random.random() ** 2)
        return f"listener-{region.code}-{kind}-{place}"


def _presence(persona: Persona, hour: int) -> float:
    closeness = math.cos((hour - persona.peak_hour) * math.tau / 24)
    return 0.1 + max(0.0, closeness) ** 2


def hour_of(instant: float) -> float:
    """The start of the hour that holds an instant, both in Unix seconds."""
    return instant // SECONDS_AN_HOUR * SECONDS_AN_HOUR
