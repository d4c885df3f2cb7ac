"""Shapes that programs send by their language or their age, not by the protocol."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.settings import Settings
from tests.ingest.builders import listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher

AT = 1_793_527_200
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TITLES = ["Jóga", "夜と海", "100 % Größe + Maß"]


@pytest.fixture
def key(settings: Settings) -> str:
    """Anna's key, for plays in Great Britain."""
    return add_key(settings.ingest_key_file, "phone", "anna", "GB")


@pytest.mark.parametrize(("before", "after"), [(BOM_UTF8, b""), (b"", b"\0"), (BOM_UTF8, b"\0\0\0"), (b" \n", b"\r\n")])
def test_a_byte_order_mark_and_the_end_of_a_buffer_cost_nothing(
    client: TestClient, publisher: MemoryPublisher, before: bytes, after: bytes
) -> None:
    body = before + json.dumps(submission(listen(), listen_type="single")).encode() + after
    assert client.post("/1/submit-listens", content=body).status_code == 200
    assert len(publisher.messages) == 1


@pytest.mark.parametrize("cut", [r"Song \ud83c", r"Song \udfb5", r"\ud83cSong"])
def test_half_a_character_costs_itself_and_no_neighbour(
    client: TestClient, publisher: MemoryPublisher, cut: str
) -> None:
    body = json.dumps(submission(listen(track_name="CUT"), listen(track_name="\U0001f3b5 Whole")))
    answer = client.post("/1/submit-listens", content=body.replace("CUT", cut))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert [play.title.replace("?", "").strip() for play in publisher.read_back()] == ["Song", "\U0001f3b5 Whole"]
    assert client.post("/1/submit-listens", content=body.replace("CUT", cut) + "}").status_code == 400


def test_milliseconds_are_called_so(client: TestClient) -> None:
    answer = client.post("/1/submit-listens", json=submission(listen(listened_at=AT * 1_000)))
    assert "this looks like milliseconds" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("title", TITLES)
def test_a_form_in_utf_8_is_read_as_it_is(client: TestClient, key: str, publisher: MemoryPublisher, title: str) -> None:
    form = urlencode({"s": key, "a[0]": "Björk", "t[0]": title, "i[0]": AT})
    assert client.post("/protocol_1.2", content=form, headers=FORM).text == "OK\n"
    assert [(play.artist, play.title) for play in publisher.read_back()] == [("Björk", title)]


@pytest.mark.parametrize("escaped", [True, False])
def test_a_form_of_an_old_player_for_windows_is_read_as_it_wrote_it(
    client: TestClient, key: str, publisher: MemoryPublisher, escaped: bool
) -> None:
    fields = {"s": key, "a[0]": "Björk", "t[0]": "Jóga’s", "i[0]": str(AT)}
    form = urlencode(fields, encoding="cp1252") if escaped else "&".join(f"{a}={b}" for a, b in fields.items())
    assert client.post("/protocol_1.2", content=form.encode("cp1252"), headers=FORM).text == "OK\n"
    assert [(play.artist, play.title) for play in publisher.read_back()] == [("Björk", "Jóga’s")]


def test_a_key_without_a_scheme_opens_and_another_word_does_not(client: TestClient, key: str) -> None:
    body = play_body(user_id=..., region=...)
    for authorization, status in ((key, 202), (f" {key} ", 202), ("ts_", 401), (f"{key}x", 401), ("Token", 401)):
        answer = client.post("/play", json=body, headers={"Authorization": authorization})
        assert answer.status_code == status, authorization


def test_a_player_that_asks_who_is_logged_in_is_told(client: TestClient, key: str) -> None:
    asked = {"method": "user.getInfo", "format": "json"}
    assert client.post("/2.0/", data=asked | {"sk": key}).json()["user"]["name"] == "anna"
    assert client.post("/2.0/", data=asked | {"sk": "wrong"}).json()["error"] == 9
