"""A respelt song looks different and is the same song."""

from __future__ import annotations

from random import Random

from clients.simulator.built_in import build_catalogue
from clients.simulator.respelling import respell
from ingest.play import identify_song


def test_every_song_can_be_respelt_and_stays_the_same_song() -> None:
    random = Random(1)
    for song in build_catalogue().songs:
        title, artist = respell(song.title, song.artist, random)
        assert (title, artist) != (song.title, song.artist)
        assert identify_song(title, artist) == identify_song(song.title, song.artist)


def test_case_and_width_both_change() -> None:
    random = Random(1)
    titles = {respell("Straße", "Trio", random)[0] for _ in range(100)}
    assert {"STRASSE", "straße", "Ｓｔｒａßｅ"} <= titles
