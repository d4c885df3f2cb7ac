"""Which song is played: Zipf popularity, each region's own taste, the listener's and the day's."""

from __future__ import annotations

from bisect import bisect
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Final

from clients.simulator.catalogue import Catalogue, Mood, Persona, Song
from clients.simulator.world import Region

ZIPF_EXPONENT: Final = 0.9
AT_HOME: Final = 0.2
"""A song's place among all songs shrinks to this part of itself where it is at home."""
LIKED: Final = 3.0
IN_THE_MOOD: Final = 2.0


class Taste:
    """Picks songs; the same seed gives the same taste."""

    def __init__(self, catalogue: Catalogue, seed: int, random: Random) -> None:
        self._catalogue = catalogue
        self._seed = seed
        self._random = random
        self._weights = lru_cache(maxsize=1_000)(self._cumulative_weights)
        self._popularity = lru_cache(maxsize=None)(self._popularity_in)

    def pick(self, region: Region, persona: Persona, day: int) -> Song:
        """A song for a listener; ``day`` counts days since 1970."""
        weights = self._weights(region.code, self._catalogue.personas.index(persona), day)
        songs = self._catalogue.songs
        return songs[bisect(weights, self._random.random() * weights[-1], 0, len(songs) - 1)]

    def mood_of(self, day: int) -> Mood:
        """The mood of a day, the same in every region."""
        return Random(f"{self._seed} mood {day}").choice(self._catalogue.moods)

    def _cumulative_weights(self, region: str, persona: int, day: int) -> list[float]:
        liked = set(self._catalogue.personas[persona].genres)
        favoured = set(self.mood_of(day).genres)
        pairs = zip(self._catalogue.songs, self._popularity(region), strict=True)
        return list(
            accumulate(
                weight * (LIKED if song.genre in liked else 1) * (IN_THE_MOOD if song.genre in favoured else 1)
                for song, weight in pairs
            )
        )

    def _popularity_in(self, region: str) -> list[float]:
        """Every song's Zipf weight in a region, in the catalogue's order."""
        random = Random(f"{self._seed} taste {region}")
        songs = self._catalogue.songs
        appeal = [random.random() * (AT_HOME if region in song.regions else 1) for song in songs]
        weights = [0.0] * len(songs)
        for place, number in enumerate(sorted(range(len(songs)), key=appeal.__getitem__), 1):
            weights[number] = place**-ZIPF_EXPONENT
        return weights
