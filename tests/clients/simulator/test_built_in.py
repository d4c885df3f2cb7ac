"""The built-in catalogue is large, in many scripts, and always the same."""

from __future__ import annotations

import unicodedata

from clients.simulator.built_in import build_catalogue
from clients.simulator.catalogue import GENRES
from clients.simulator.world import REGION_CODES
from ingest.play import identify_song


def scripts_of(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_it_has_hundreds_of_songs_none_twice_and_is_built_the_same_every_time() -> None:
    catalogue = build_catalogue()
    songs = {identify_song(song.title, song.artist) for song in catalogue.songs}
    assert len(songs) == len(catalogue.songs) >= 300
    assert catalogue == build_catalogue()


def test_it_is_written_in_many_scripts() -> None:
    scripts = set.union(*(scripts_of(song.title) for song in build_catalogue().songs))
    expected = {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "DEVANAGARI", "HANGUL", "THAI", "CJK"}
    assert expected <= scripts


def test_every_song_is_at_home_in_the_world_and_every_region_has_songs() -> None:
    homes = {region for song in build_catalogue().songs for region in song.regions}
    assert homes == set(REGION_CODES)


def test_every_genre_is_sung_and_liked_and_in_the_mood() -> None:
    catalogue = build_catalogue()
    assert {song.genre for song in catalogue.songs} == set(GENRES)
    assert {genre for persona in catalogue.personas for genre in persona.genres} == set(GENRES)
    assert {genre for mood in catalogue.moods for genre in mood.genres} == set(GENRES)
