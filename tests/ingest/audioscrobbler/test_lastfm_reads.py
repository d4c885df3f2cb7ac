"""What players and relays read over Last.fm's protocol before they scrobble."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.app import create_app
from ingest.settings import Settings
from tests.ingest.listen_stores import ANNA, FIRST, MemoryListens, store_of_anna
from tests.ingest.publishers import MemoryPublisher


@pytest.fixture
def store() -> MemoryListens:
    """Five plays of Anna's, and another listener's."""
    return store_of_anna(5)


@pytest.fixture
def client(settings: Settings, store: MemoryListens) -> Iterator[TestClient]:
    """A client without a key."""
    with TestClient(create_app(settings, MemoryPublisher(), store)) as client:
        yield client


@pytest.fixture
def key(settings: Settings) -> str:
    """Anna's key, for plays in Great Britain."""
    return add_key(settings.ingest_key_file, "phone", "anna", "GB")


def read(client: TestClient, key: str, **more: object) -> Any:
    asked = {"method": "user.getRecentTracks", "user": "anna", "api_key": "x", "sk": key, "format": "json"}
    return client.get("/2.0/", params=asked | {name.strip("_"): str(value) for name, value in more.items()}).json()


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        ({}, [4, 3, 2, 1, 0]),
        ({"limit": 2}, [4, 3]),
        ({"limit": 2, "page": 3}, [0]),
        ({"limit": 2, "page": 4}, []),
        ({"from_": FIRST + 60, "to": FIRST + 180}, [2, 1]),
        ({"limit": "many", "page": -5, "from_": "yesterday"}, [4, 3, 2, 1, 0]),
        ({"limit": 10**9, "page": 10**9, "from_": 10**30}, []),
    ],
)
def test_the_session_s_own_scrobbles_are_read(
    client: TestClient, key: str, page: dict[str, object], numbers: list[int]
) -> None:
    content = read(client, key, **page)["recenttracks"]
    assert [track["name"] for track in content["track"]] == [f"Song {number}" for number in numbers]
    assert (content["@attr"]["user"], content["@attr"]["total"]) == ("anna", "5")
    for track, number in zip(content["track"], numbers, strict=True):
        assert track["artist"]["#text"] == "The Testers"
        assert track["date"]["uts"] == str(FIRST + 60 * number)


def test_what_is_playing_comes_first_and_in_xml_too(client: TestClient, store: MemoryListens, key: str) -> None:
    store.playing[ANNA] = ({"title": "Now", "artist": "A & B", "region": "GB"}, timedelta(minutes=1))
    first, second = read(client, key, limit=1)["recenttracks"]["track"]
    assert (first["name"], first["@attr"], "date" in first) == ("Now", {"nowplaying": "true"}, False)
    assert second["name"] == "Song 4"
    asked = {"method": "user.getRecentTracks", "sk": key}
    root = ElementTree.fromstring(client.get("/2.0/", params=asked).text)
    tracks = root.findall("recenttracks/track")
    assert (tracks[0].get("nowplaying"), tracks[0].findtext("artist")) == ("true", "A & B")
    date = tracks[1].find("date")
    assert date is not None
    assert (date.get("uts"), date.text) == (str(FIRST + 240), "01 Nov 2026, 10:04")


def test_nobody_reads_without_a_session_and_an_unavailable_store_is_temporary(
    client: TestClient, store: MemoryListens, key: str
) -> None:
    assert read(client, "")["error"] == 9
    store.away = True
    assert read(client, key)["error"] == 16


@pytest.mark.parametrize("method", ["track.getInfo", "track.love", "track.unlove", "artist.getInfo", "album.getInfo"])
def test_what_is_not_kept_is_not_found_and_so_not_repeated(client: TestClient, key: str, method: str) -> None:
    answer = client.post("/2.0/", data={"method": method, "sk": key, "artist": "A", "track": "B", "format": "json"})
    assert (answer.status_code, answer.json()["error"]) == (404, 6)
