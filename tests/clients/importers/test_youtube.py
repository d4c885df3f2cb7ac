"""Takeout's watch history in the language of any account."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.clients.importers.imports import import_text

SONGS = ["Blue Train", "Lazy Bird", "Lotus", "„Heroes“?"]
FEW = SONGS[:1]


def entry(number: int, title: str, channel: str = "John Coltrane - Topic") -> dict[str, object]:
    subtitles = [{"name": channel, "url": "x"}]
    at = f"2024-03-01T10:0{number}:00.123Z"
    return {"header": "YouTube Music", "title": title, "titleUrl": "x", "subtitles": subtitles, "time": at}


@pytest.mark.parametrize(
    ("around", "songs"),
    [
        ("Watched {}", SONGS),
        ("Watched {}", FEW),
        ("Obejrzano: {}", FEW),
        ("{} を視聴しました", FEW),
        ("„{}“ angesehen", FEW),
        ("{}\xa0angesehen", FEW),
        ('Вы посмотрели видео "{}"', SONGS[:3]),
        ("Đã xem {}", SONGS),
        ("「{}」を再生", SONGS[:3]),
        ("Katsoit videon {} eilen", SONGS[:3]),
        ("{}", SONGS),
        ("{}", FEW),
    ],
)
def test_the_words_around_a_title_are_found(tmp_path: Path, around: str, songs: list[str]) -> None:
    gone = {"header": "YouTube Music", "title": around.format("https://x"), "time": "2024-03-01T11:00:00Z"}
    entries = [entry(number, around.format(song)) for number, song in enumerate(songs)]
    plays = import_text(tmp_path, "history.json", json.dumps([gone, *entries], ensure_ascii=False))
    assert [play["title"] for play in plays] == songs


def test_two_titles_that_share_words_are_left_as_they_are(tmp_path: Path) -> None:
    titles = ["The Train", "The Bird"]
    text = json.dumps([entry(number, title) for number, title in enumerate(titles)])
    assert [play["title"] for play in import_text(tmp_path, "history.json", text)] == titles


@pytest.mark.parametrize("channel", ["John Coltrane - Topic", "John Coltrane – Thema", "John Coltrane"])
def test_an_artist_is_the_channel_in_any_language(tmp_path: Path, channel: str) -> None:
    (play,) = import_text(tmp_path, "history.json", json.dumps([entry(0, "Watched Lotus", channel)]))
    assert play["artist"] == "John Coltrane"
