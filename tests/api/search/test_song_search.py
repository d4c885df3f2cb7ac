"""Songs by what people type."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

TODAY = utc("2026-11-22")
SONGS = {
    "Señorita Café": "Lía Ñandú",
    "Straße nach Øst": "Björk Guðmunds",
    "雨の夜": "Aoi",
    "100% Love_Song": "O'Neil",
    "Starlight": "The Night",
    "Light of Stars": "Morning Ferry",
}


@pytest.fixture
def songs(store: ChartStore) -> ChartStore:
    """Two days of Germany, the second open, and the open day of the world."""
    store.open_from(TODAY)
    store.complete_through(utc("2026-11-22 14:32"), utc("2026-11-22 14:15"))
    entries = [song(rank, title=title, artist=artist) for rank, (title, artist) in enumerate(SONGS.items(), start=1)]
    store.rank_songs(utc("2026-11-21"), entries, grain="day", region="DE")
    store.rank_songs(TODAY, [song(9, title="Only Germany now", artist="Nobody")], grain="day", region="DE")
    store.rank_songs(TODAY, [song(8, title="Worldwide now", artist="Everybody")], grain="day", region="global")
    return store


def titles(client: TestClient, text: str, more: str = "") -> list[str]:
    answer = client.get(f"/search?q={quote(text)}{more}")
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["songs"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("senorita", "Señorita Café"),
        ("CAFE", "Señorita Café"),
        ("lia nandu", "Señorita Café"),
        ("strasse", "Straße nach Øst"),
        ("ost", "Straße nach Øst"),
        ("bjork", "Straße nach Øst"),
        ("雨", "雨の夜"),
        ("100%", "100% Love_Song"),
        ("o'n", "100% Love_Song"),
        ("Starlight The Night", "Starlight"),
        ("the night starlight", "Starlight"),
        ("starligth", "Starlight"),
        ("worldwide", "Worldwide now"),
    ],
)
def test_a_song_is_found_by_what_people_type(client: TestClient, songs: ChartStore, text: str, expected: str) -> None:
    assert titles(client, text)[0] == expected


def test_what_starts_with_the_words_comes_first(client: TestClient, songs: ChartStore) -> None:
    assert titles(client, "star") == ["Starlight", "Light of Stars"]
    assert titles(client, "light")[0] == "Light of Stars"


def test_signs_of_patterns_are_signs(client: TestClient, songs: ChartStore) -> None:
    assert titles(client, "%%") == []
    assert titles(client, "l_v") == []


def test_what_nobody_played_is_not_found(client: TestClient, songs: ChartStore) -> None:
    assert titles(client, "xyzzy") == []


def test_the_open_day_of_a_region_is_searched_where_it_is_named(client: TestClient, songs: ChartStore) -> None:
    assert titles(client, "only germany") == []
    assert titles(client, "only germany", "&region=de") == ["Only Germany now"]


def test_a_song_comes_once_with_its_best_rank(client: TestClient, songs: ChartStore) -> None:
    again = song(3, song_id="s2_0000000000000005", title="Starlight", artist="The Night")
    songs.rank_songs(utc("2026-11-20"), [again], grain="day", region="FR")
    (first, *_) = client.get("/search?q=starlight").json()["songs"]
    assert first == {
        "song_id": "s2_0000000000000005",
        "title": "Starlight",
        "artist": "The Night",
        "best_rank": 3,
        "last_window": "2026-11-21T00:00:00Z",
    }


def test_at_most_so_many_are_found(client: TestClient, songs: ChartStore) -> None:
    assert len(titles(client, "star", "&limit=1")) == 1


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=a%00b", "?q=" + "a" * 101, "?q=a&limit=51", "?q=a&x=1"])
def test_what_cannot_be_searched_is_a_problem(client: TestClient, store: ChartStore, query: str) -> None:
    answer = client.get("/search" + query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")
