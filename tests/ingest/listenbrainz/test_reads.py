"""What a key's own listener reads back, in ListenBrainz's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.app import create_app
from ingest.own_listens.playing import UNKNOWN_LENGTH
from ingest.play import OWN_LISTENER
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, listen, play_body, submission
from tests.ingest.listen_stores import ANNA, FIRST, MemoryListens, store_of_anna
from tests.ingest.publishers import MemoryPublisher


@pytest.fixture
def store() -> MemoryListens:
    """Thirty listens of Anna's, a minute apart, and one of Bob's."""
    return store_of_anna(30)


@pytest.fixture
def anna(settings: Settings, publisher: MemoryPublisher, store: MemoryListens) -> Iterator[TestClient]:
    """A client with Anna's key."""
    key = add_key(settings.ingest_key_file, "phone", "anna", "GB")
    with TestClient(create_app(settings, publisher, store), headers={"Authorization": f"Token {key}"}) as client:
        yield client


def titles(client: TestClient, query: str = "") -> list[str]:
    payload = client.get(f"/1/user/anna/listens{query}").json()["payload"]
    assert payload["count"] == len(payload["listens"])
    return [one["track_metadata"]["track_name"] for one in payload["listens"]]


@pytest.mark.parametrize(
    ("query", "songs"),
    [
        ("", range(29, 4, -1)),
        ("?count=2", [29, 28]),
        ("?count=5000", range(29, -1, -1)),
        ("?count=0", []),
        # Both times are exclusive; after a time the page begins there, and is still written newest first.
        (f"?max_ts={FIRST + 120}", [1, 0]),
        (f"?min_ts={FIRST + 60 * 27}", [29, 28]),
        (f"?min_ts={FIRST}&count=2", [2, 1]),
        (f"?min_ts={FIRST}&max_ts={FIRST + 180}", [2, 1]),
        ("?min_ts=-5&max_ts=99999999999999999999", range(29, 4, -1)),
    ],
)
def test_a_page_of_listens(anna: TestClient, query: str, songs: range | list[int]) -> None:
    assert titles(anna, query) == [f"Song {number}" for number in songs]


def test_a_listen_has_what_clients_need_of_it(anna: TestClient, store: MemoryListens) -> None:
    payload = anna.get("/1/user/Anna/listens?count=1").json()["payload"]
    assert (payload["user_id"], payload["latest_listen_ts"], payload["oldest_listen_ts"]) == (
        "anna", FIRST + 60 * 29, FIRST
    )  # fmt: skip
    (one,) = payload["listens"]
    assert (one["listened_at"], one["inserted_at"], one["user_name"]) == (FIRST + 60 * 29, FIRST + 60 * 29, "anna")
    assert len(one["recording_msid"]) == 36
    assert one["track_metadata"] == {
        "artist_name": "The Testers", "track_name": "Song 29", "additional_info": {"region": "GB"}
    }  # fmt: skip
    assert anna.get("/1/user/anna/listen-count").json() == {"payload": {"count": 30}}


@pytest.mark.parametrize("query", ["?count=x", "?min_ts=1.5", "?count=-1", f"?min_ts={FIRST}&max_ts=1"])
def test_a_query_that_makes_no_sense_is_a_400(anna: TestClient, query: str) -> None:
    answer = anna.get(f"/1/user/anna/listens{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


@pytest.mark.parametrize("route", ["listens", "listen-count", "playing-now"])
def test_only_the_own_listener_is_read(anna: TestClient, route: str) -> None:
    assert anna.get(f"/1/user/bob/{route}").status_code == 404
    assert anna.get(f"/1/user/anna/{route}", headers={"Authorization": "Token wrong"}).status_code == 401
    del anna.headers["Authorization"]
    assert anna.get(f"/1/user/anna/{route}").status_code == 401


def test_what_is_playing_is_read_back_until_it_is_over(anna: TestClient, store: MemoryListens) -> None:
    nothing = {"count": 0, "user_id": "anna", "playing_now": True, "listens": []}
    assert anna.get("/1/user/anna/playing-now").json() == {"payload": nothing}
    now = listen(..., track_name="Now", duration_ms=90_000)
    assert anna.post("/1/submit-listens", json=submission(now, listen_type="playing_now")).status_code == 200
    assert store.playing[ANNA][1] == timedelta(seconds=90)
    (playing,) = anna.get("/1/user/anna/playing-now").json()["payload"]["listens"]
    assert playing["playing_now"] is True
    assert playing["track_metadata"]["track_name"] == "Now"
    anna.post("/1/submit-listens", json=submission(listen(...), listen_type="playing_now"))
    assert store.playing[ANNA][1] == UNKNOWN_LENGTH


def test_an_importer_finds_where_it_stopped(anna: TestClient) -> None:
    def latest(query: str = "") -> Any:
        return anna.get(f"/1/latest-import{query}").json()["latest_import"]

    assert latest("?user_name=anna") == 0
    assert anna.post("/1/latest-import", json={"ts": FIRST}).json() == {"status": "ok"}
    assert (latest(), latest("?service=lastfm"), latest("?service=spotify")) == (FIRST, FIRST, 0)
    assert anna.post("/1/latest-import", json={"ts": "x"}).status_code == 400


def test_while_the_store_is_unavailable_plays_are_taken_and_reads_say_so(
    anna: TestClient, store: MemoryListens, publisher: MemoryPublisher
) -> None:
    store.away = True
    assert anna.post("/1/submit-listens", json=submission(listen())).status_code == 200
    assert anna.post("/1/submit-listens", json=submission(listen(...), listen_type="playing_now")).status_code == 200
    assert len(publisher.messages) == 1
    for route in ("user/anna/listens", "user/anna/listen-count", "user/anna/playing-now", "latest-import"):
        answer = anna.get(f"/1/{route}")
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, 503, "2")


def test_plays_are_marked_for_their_listener_when_the_key_decides_whose_they_are(
    anna: TestClient, publisher: MemoryPublisher
) -> None:
    anna.post("/play", json=play_body())
    anna.post("/plays", json={"plays": [play_body(), play_body(title=" trimmed ")]})
    anna.post("/1/submit-listens", json=submission(listen()))
    local = {"Authorization": f"Token {LOCAL_KEY}"}
    anna.post("/play", json=play_body(), headers=local)
    anna.post("/plays", json={"plays": [play_body()]}, headers=local)
    anna.post("/1/submit-listens", json=submission(listen()), headers=local)
    own = [OWN_LISTENER]
    assert publisher.headers == [own, own, own, None, None, own]
