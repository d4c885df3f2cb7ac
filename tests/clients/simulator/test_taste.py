"""Popularity is uneven, differs from region to region, and moves with persona and day."""

from __future__ import annotations

from collections import Counter
from random import Random

from clients.simulator.built_in import build_catalogue
from clients.simulator.catalogue import Persona, Song
from clients.simulator.taste import Taste
from clients.simulator.world import WORLD, Region

CATALOGUE = build_catalogue()
REGIONS = {region.code: region for region in WORLD}
PICKS = 20_000


def picks(region: Region, persona: Persona = CATALOGUE.personas[0], day: int = 1) -> Counter[Song]:
    taste = Taste(CATALOGUE, 1, Random(1))
    return Counter(taste.pick(region, persona, day) for _ in range(PICKS))


def test_few_songs_get_many_plays_and_most_songs_get_some() -> None:
    counts = picks(REGIONS["GB"])
    assert sum(count for _, count in counts.most_common(20)) > PICKS / 3
    assert len(counts) > len(CATALOGUE.songs) / 2


def test_songs_at_home_are_played_more() -> None:
    at_home = sum(n for song, n in picks(REGIONS["JP"]).items() if "JP" in song.regions)
    abroad = sum(n for song, n in picks(REGIONS["GR"]).items() if "JP" in song.regions)
    assert at_home > 2 * abroad


def test_a_persona_hears_its_genres_more() -> None:
    def share(persona: Persona) -> int:
        return sum(n for song, n in picks(REGIONS["FR"], persona).items() if song.genre == "jazz")

    likes, does_not = CATALOGUE.personas[1], CATALOGUE.personas[0]
    assert share(likes) > 1.5 * share(does_not)


def test_the_mood_of_the_day_moves_the_charts_and_is_the_same_for_a_seed() -> None:
    taste = Taste(CATALOGUE, 1, Random(1))
    moods = [taste.mood_of(day) for day in range(30)]
    assert len(set(map(str, moods))) > 1
    assert moods == [Taste(CATALOGUE, 1, Random(9)).mood_of(day) for day in range(30)]
    other = next(day for day in range(30) if moods[day] != moods[1])
    first, second = (picks(REGIONS["DE"], day=day).most_common(10) for day in (1, other))
    assert [song for song, _ in first] != [song for song, _ in second]
