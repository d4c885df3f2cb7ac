"""ListenBrainz's API over ASGI: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.play import hash_listener
from ingest.settings import Settings
from tests.ingest.builders import SECRET, listen, submission
from tests.ingest.publishers import MemoryPublisher

LISTENS = "/1/submit-listens"
TOKEN = "/1/validate-token"
MBID = "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"


def submit(client: TestClient, *listens: object, listen_type: str = "import") -> Response:
    return client.post(LISTENS, json=submission(*listens, listen_type=listen_type))


def new_key(settings: Settings, listener: str | None = None, region: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Token {add_key(settings.ingest_key_file, 'phone', listener, region)}"}


def test_a_listen_becomes_a_play(client: TestClient, publisher: MemoryPublisher) -> None:
    info = {
        "isrc": "us-bn2-57-00001",
        "recording_mbid": "B10BBBFC-CF9E-42E0-BE17-E2C3E1D2600D",
        "duration_ms": 643_000,
        "duration_played": 641.5,
        "submission_client": "player",
        "submission_client_version": "1.2",
        "tracknumber": 3,
    }
    answer = submit(client, listen(release_name="Blue Train", **info), listen_type="single")
    (play,) = publisher.read_back()
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert (play.title, play.artist, play.release, play.region) == ("Blue Train", "John Coltrane", "Blue Train", "GB")
    assert play.played_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert (play.isrc, str(play.recording_mbid)) == ("USBN25700001", "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d")
    assert (play.duration_ms, play.ms_played) == (643_000, 641_500)
    assert play.client is not None
    assert (play.client.name, play.client.version) == ("player", "1.2")
    assert play.user_id == hash_listener("local", SECRET)


def test_the_same_listen_is_the_same_play_by_either_door(client: TestClient, publisher: MemoryPublisher) -> None:
    submit(client, listen())
    submit(client, listen(track_name=" BLUE TRAIN "))
    body = {"user_id": "local", "title": "blue train", "artist": "john coltrane", "region": "GB"}
    client.post("/play", json={**body, "played_at": "2026-11-01T10:00:00Z"})
    assert len({play.play_id for play in publisher.read_back()}) == 1
    assert len(publisher.messages) == 3


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"isrc": "no isrc"}, "isrc", None),
        ({"isrc": ["USBN25700001"]}, "isrc", None),
        ({"recording_mbid": ""}, "recording_mbid", None),
        ({"recording_mbid": None}, "recording_mbid", None),
        ({"recording_mbid": "None"}, "recording_mbid", None),
        ({"recording_mbid": " "}, "recording_mbid", None),
        ({"recording_mbid": []}, "recording_mbid", None),
        ({"recording_mbid": "0Cd1AbcdefGhijkLmnopqr"}, "recording_mbid", None),
        ({"recording_mbid": f"{MBID}/{MBID}"}, "recording_mbid", None),
        ({"release_name": ["a"]}, "release", None),
        ({"release_name": "a" * 600}, "release", "a" * 512),
        ({"release_name": ""}, "release", None),
        ({"duration": 200}, "duration_ms", 200_000),
        ({"duration": "200"}, "duration_ms", 200_000),
        ({"duration_ms": 1e9}, "duration_ms", None),
        ({"duration_ms": -1}, "duration_ms", None),
        ({"duration_ms": True}, "duration_ms", None),
        ({"duration_played": "a while"}, "ms_played", None),
        ({"submission_client": ""}, "client", None),
        ({"submission_client": 5}, "client", None),
        ({"media_player": "x" * 99}, "client.name", "x" * 64),
        ({"release_name": "a\tb"}, "release", "a b"),
        ({"release_name": "a\x1bb"}, "release", None),
        ({"track_name": "a\r\nb\tc"}, "title", "a  b c"),
        ({"artist_name": "a\x85b\n"}, "artist", "a b"),
        ({"submission_client": "a\x1bb", "media_player": "c"}, "client.name", "c"),
        ({"tags": ["a"] * 999, "origin_url": "x"}, "client", None),
    ],
)
def test_what_a_play_cannot_hold_is_left_out(
    client: TestClient, publisher: MemoryPublisher, said: dict[str, Any], field: str, value: object
) -> None:
    assert submit(client, listen(**said)).status_code == 200
    found: Any = publisher.read_back()[0]
    for name in field.split("."):
        found = getattr(found, name)
    assert found == value


@pytest.mark.parametrize("info", [..., None, {}])
def test_a_key_s_listener_and_region_are_the_listen_s(
    client: TestClient, publisher: MemoryPublisher, settings: Settings, info: object
) -> None:
    headers = new_key(settings, "anna", "FR")
    item = listen()
    item["track_metadata"]["additional_info"] = info
    if info is ...:
        del item["track_metadata"]["additional_info"]
    assert client.post(LISTENS, json=submission(item, listen()), headers=headers).status_code == 200
    plays = publisher.read_back()
    assert {play.user_id for play in plays} == {hash_listener("anna", SECRET)}
    assert {play.region for play in plays} == {"FR"}


def test_a_key_without_a_listener_stands_for_its_name(
    client: TestClient, publisher: MemoryPublisher, settings: Settings
) -> None:
    client.post(LISTENS, json=submission(listen()), headers=new_key(settings))
    assert publisher.read_back()[0].user_id == hash_listener("phone", SECRET)


def test_what_is_playing_now_is_taken_and_never_counted(client: TestClient, publisher: MemoryPublisher) -> None:
    assert submit(client, listen(listened_at=...), listen_type="playing_now").json() == {"status": "ok"}
    assert submit(client, listen(), listen_type="playing_now").status_code == 400
    assert submit(client, listen(..., track_name=""), listen_type="playing_now").status_code == 400
    assert not publisher.messages


@pytest.mark.parametrize(
    ("item", "field", "code"),
    [
        (5, "play", "not_an_object"),
        ({}, "track_metadata", "missing"),
        ({"track_metadata": {"artist_name": "x", "track_name": "y"}}, "listened_at", "missing"),
        (
            {"listened_at": 1_793_527_200, "track_metadata": {"artist_name": "x"}},
            "track_metadata.track_name",
            "missing",
        ),
        (listen(listened_at=None), "listened_at", "wrong_type"),
        (listen(listened_at="soon"), "listened_at", "bad_format"),
        (listen(listened_at=1_033_430_399), "listened_at", "too_early"),
        (listen(listened_at=-5), "listened_at", "too_early"),
        (listen(listened_at=9_999_999_999), "listened_at", "too_late"),
        (listen(listened_at=10**30), "listened_at", "too_large"),
        (listen(listened_at=1_793_527_200_000), "listened_at", "too_large"),
        (listen(listened_at="1793527200000"), "listened_at", "too_large"),
        (listen(track_name=""), "track_metadata.track_name", "too_short"),
        (listen(track_name=None), "track_metadata.track_name", "wrong_type"),
        (listen(artist_name=["a", "b"]), "track_metadata.artist_name", "wrong_type"),
        (listen(artist_name="a" * 513), "track_metadata.artist_name", "too_long"),
        (listen(track_name="a\x00b"), "track_metadata.track_name", "nul_character"),
        (listen(track_name="a\x1bb"), "track_metadata.track_name", "control_character"),
        (listen(artist_name="a\u202eb"), "track_metadata.artist_name", "control_character"),
        (listen(region="ZZ"), "track_metadata.additional_info.region", "unknown_region"),
        (listen(region=None), "track_metadata.additional_info.region", "missing"),
        (listen(tags=["x" * 10_300]), "play", "too_large"),
    ],
)
def test_a_refused_listen_is_named_in_the_words_of_a_listen(
    client: TestClient, publisher: MemoryPublisher, item: object, field: str, code: str
) -> None:
    answer = submit(client, item)
    error = answer.json()
    assert (answer.status_code, error["code"]) == (400, 400)
    assert error["error"].startswith(f"payload.0.{field}: {code}")
    assert [(one["field"], one["code"]) for one in error["errors"]] == [(f"payload.0.{field}", code)]
    assert not publisher.messages
    # Beside a good one it costs that one nothing.
    answer = submit(client, listen(), item)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(f"payload.1.{field}", code)]
    assert [play.title for play in publisher.read_back()] == ["Blue Train"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"listen_type":"import","payload":[]}', 400),
        (b'{"listen_type":"import","payload":{}}', 400),
        (b'{"listen_type":"export","payload":[{}]}', 400),
        (b'{"listen_type":"single","payload":[{}],"more":1}', 400),
        (b'{"listen_type":"single","listen_type":"import","payload":[{}]}', 400),
        (b'{"listen_type":"import","payload":[' + b"0," * 1000 + b"0]}", 400),
        (b" " * 10_240_001, 413),
        (json.dumps(submission(listen(), listen(), listen_type="single")).encode(), 400),
    ],
)
def test_a_body_that_is_no_submission_is_an_error_in_listenbrainz_s_shape(
    client: TestClient, publisher: MemoryPublisher, body: bytes, status: int
) -> None:
    answer = client.post(LISTENS, content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    assert answer.json()["error"]
    assert not publisher.messages


def test_a_thousand_listens_go_in_at_once(client: TestClient, publisher: MemoryPublisher) -> None:
    listens = [listen(listened_at=1_793_527_200 + n) for n in range(1000)]
    assert submit(client, *listens).status_code == 200
    assert len(publisher.messages) == 1000
    assert publisher.calls == 1


def test_an_unconfirmed_listen_makes_all_of_them_503(client: TestClient, publisher: MemoryPublisher) -> None:
    publisher.refused_titles = {"lost"}
    answer = submit(client, listen(), listen(track_name="lost"))
    assert (answer.status_code, answer.json()["code"]) == (503, 503)
    assert int(answer.headers["retry-after"]) > 0


def test_nobody_gets_in_without_a_key(client: TestClient, publisher: MemoryPublisher) -> None:
    for headers in ({"Authorization": "Token wrong"}, {"Authorization": "no scheme"}):
        answer = client.post(LISTENS, json=submission(listen()), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, 401)
    assert not publisher.messages


def test_a_token_s_listener_is_named(client: TestClient, settings: Settings) -> None:
    valid = client.get(TOKEN, headers=new_key(settings, "anna", "GB")).json()
    assert valid == {"code": 200, "message": "Token valid.", "valid": True, "user_name": "anna"}
    unknown = client.get(TOKEN, headers={"Authorization": "Token wrong"})
    assert (unknown.status_code, unknown.json()["valid"]) == (200, False)
    del client.headers["Authorization"]
    assert client.get(TOKEN).json()["code"] == 400


def test_a_token_without_a_region_is_valid_and_says_what_it_lacks(client: TestClient) -> None:
    answer = client.get(TOKEN).json()
    assert (answer["valid"], answer["user_name"]) == (True, "local")
    assert "no region" in answer["message"]


def test_other_paths_under_1_answer_in_the_same_shape(client: TestClient) -> None:
    assert client.get("/1/nothing").json() == {"code": 404, "error": "Not Found"}
    assert client.get(LISTENS).json()["code"] == 405
