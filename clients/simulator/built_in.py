"""A catalogue made of our own words, the same every time; used when there is no model to ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, permutations
from typing import Final

from clients.simulator.catalogue import GENRES, Catalogue, Mood, Persona, Song, each_song_once
from clients.simulator.words import LANGUAGES, Language

SONGS_A_LANGUAGE: Final = 24

PERSONAS: Final = (
    Persona(name="early commuter", genres=("pop", "hip-hop"), peak_hour=8),
    Persona(name="office worker", genres=("electronic", "jazz"), peak_hour=11),
    Persona(name="student after school", genres=("hip-hop", "pop", "rock"), peak_hour=16),
    Persona(name="cook at dinner time", genres=("folk", "jazz"), peak_hour=19),
    Persona(name="dancer", genres=("electronic", "pop"), peak_hour=22),
    Persona(name="night owl", genres=("rock", "jazz", "folk"), peak_hour=1),
)
MOODS: Final = (
    Mood(name="rain on the window", genres=("jazz", "folk")),
    Mood(name="first warm evening", genres=("pop", "electronic")),
    Mood(name="loud and restless", genres=("rock", "hip-hop")),
    Mood(name="long way home", genres=("folk", "rock")),
    Mood(name="everyone dances", genres=("electronic", "hip-hop")),
)


def build_catalogue() -> Catalogue:
    """Some 380 songs in a dozen scripts, six kinds of listeners, five moods."""
    songs = [song for language in LANGUAGES for song in _songs_in(language)]
    return Catalogue(songs=each_song_once(songs), personas=PERSONAS, moods=MOODS)


def _songs_in(language: Language) -> Iterator[Song]:
    nouns = language.nouns.split()
    artists = cycle(_artists_in(language, nouns))
    genres = cycle(GENRES)
    # Every second pair, so that neighbours do not share their first noun too often.
    pairs = islice(permutations(nouns, 2), 0, 2 * SONGS_A_LANGUAGE, 2)
    for number, (one, other) in enumerate(pairs):
        pattern = language.titles[number % len(language.titles)]
        yield Song(
            title=pattern.format(one, other),
            artist=next(artists),
            genre=next(genres),
            regions=tuple(language.regions.split()),
            duration_seconds=120 + 37 * number % 240,
        )


def _artists_in(language: Language, nouns: list[str]) -> list[str]:
    patterns = cycle(language.artists)
    return [next(patterns).format(noun) for noun in nouns[:5]]
