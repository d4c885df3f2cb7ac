"""Who may write, and whose plays a key makes them."""

from __future__ import annotations

import json
import os
import time

import pytest
from starlette.testclient import TestClient

from ingest.access.authentication import LOOK_SECONDS
from ingest.access.key_file import add_key, read_keys, revoke_keys
from ingest.play import hash_listener
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, SECRET, listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher


def submit(client: TestClient, authorization: str, **changes: object) -> int:
    headers = {"Authorization": authorization}
    return client.post("/play", json=play_body(**changes), headers=headers).status_code


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "key_missing"),
        ("", "key_missing"),
        ("Token", "key_missing"),
        ("Token ", "key_missing"),
        (f"Basic {LOCAL_KEY}", "key_missing"),
        (LOCAL_KEY, "key_missing"),
        ("Token wrong", "key_unknown"),
        (f"Token {LOCAL_KEY}x", "key_unknown"),
        (f"Token {LOCAL_KEY[:-1]}", "key_unknown"),
        ("Token ts_00000000_x", "key_unknown"),
        ("Token ts_", "key_unknown"),
        (b"Token \xff\xfe", "key_unknown"),
    ],
)
@pytest.mark.parametrize("path", ["/play", "/plays"])
def test_without_a_valid_key_nothing_is_written(
    client: TestClient,
    publisher: MemoryPublisher,
    path: str,
    authorization: str | bytes | None,
    code: str,
) -> None:
    del client.headers["Authorization"]
    headers = {} if authorization is None else {b"Authorization": os.fsencode(authorization)}
    answer = client.post(path, json=play_body(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"] == "Token"
    assert not publisher.messages


def test_a_play_says_by_which_key_it_came_and_nothing_of_its_secret(
    client: TestClient, publisher: MemoryPublisher, settings: Settings
) -> None:
    key = add_key(settings.ingest_key_file, "phone")
    (record,) = read_keys(settings.ingest_key_file).keys
    slow = {"artist": "John  Coltrane\u200b"}
    for authorization in (f"Token {LOCAL_KEY}", f"Token {key}"):
        headers = {"Authorization": authorization}
        assert submit(client, authorization) == 202
        assert submit(client, authorization, **slow) == 202
        assert client.post("/plays", json={"plays": [play_body()]}, headers=headers).status_code == 202
        assert client.post("/plays", json={"plays": [play_body(**slow), 5]}, headers=headers).status_code == 207
        assert client.post("/1/submit-listens", json=submission(listen()), headers=headers).status_code == 200
    assert [play.key_id for play in publisher.read_back()] == ["local"] * 5 + [record.id] * 5
    assert not any(key.rpartition("_")[2].encode() in value for _, value in publisher.messages)


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "token", "BEARER"])
def test_both_schemes_open(client: TestClient, scheme: str) -> None:
    assert submit(client, f"{scheme} {LOCAL_KEY}") == 202


def test_a_new_key_opens_at_once_and_a_revoked_one_closes_in_a_moment(client: TestClient, settings: Settings) -> None:
    path = settings.ingest_key_file
    first = add_key(path, "phone")
    second = add_key(path, "phone")
    assert [submit(client, f"Token {key}") for key in (first, second)] == [202, 202]
    revoke_keys(path, key_id=first.split("_")[1])
    time.sleep(LOOK_SECONDS)
    assert [submit(client, f"Token {key}") for key in (first, second)] == [401, 202]
    revoke_keys(path, name="phone")
    time.sleep(LOOK_SECONDS)
    assert submit(client, f"Token {second}") == 401
    assert submit(client, f"Token {LOCAL_KEY}") == 202


def test_the_right_id_with_a_wrong_secret_stays_outside(client: TestClient, settings: Settings) -> None:
    key = add_key(settings.ingest_key_file, "phone")
    assert submit(client, f"Token {key[:-1]}") == 401


def test_a_damaged_key_file_changes_nothing_until_it_is_whole(client: TestClient, settings: Settings) -> None:
    path = settings.ingest_key_file
    key = add_key(path, "phone")
    whole = path.read_bytes()
    assert submit(client, f"Token {key}") == 202
    path.write_bytes(whole[:20])
    time.sleep(LOOK_SECONDS)
    assert submit(client, f"Token {key}") == 202
    path.write_bytes(whole)
    assert submit(client, f"Token {key}") == 202
    os.remove(path)
    time.sleep(LOOK_SECONDS)
    assert submit(client, f"Token {key}") == 401


def test_a_key_decides_listener_and_region_whatever_the_play_says(
    client: TestClient, settings: Settings, publisher: MemoryPublisher
) -> None:
    key = add_key(settings.ingest_key_file, "phone", listener="zoë", region="fi")
    assert submit(client, f"Token {key}", user_id="someone else", region="GB") == 202
    assert submit(client, f"Token {key}", user_id=..., region=...) == 202
    answer = client.post(
        "/plays",
        content=json.dumps({"plays": [play_body(), play_body(user_id=..., region="ZZ")]}),
        headers={"Authorization": f"Token {key}"},
    )
    assert answer.status_code == 202
    listeners = {(play.user_id, play.region) for play in publisher.read_back()}
    assert listeners == {(hash_listener("zoë", SECRET), "FI")}
    assert len(publisher.messages) == 4


def test_a_key_bound_to_a_region_alone_leaves_the_listener_to_the_play(
    client: TestClient, settings: Settings, publisher: MemoryPublisher
) -> None:
    key = add_key(settings.ingest_key_file, "shop", region="SE")
    assert submit(client, f"Token {key}", user_id=...) == 422
    assert submit(client, f"Token {key}", user_id="u", region="GB") == 202
    (play,) = publisher.read_back()
    assert (play.user_id, play.region) == (hash_listener("u", SECRET), "SE")


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b'{"title":"\\ud800"}', b"\xff", b"[" * 5000])
def test_a_hostile_body_under_a_bound_key_is_refused_too(client: TestClient, settings: Settings, body: bytes) -> None:
    key = add_key(settings.ingest_key_file, "phone", listener="zoë")
    answer = client.post("/play", content=body, headers={"Authorization": f"Token {key}"})
    assert answer.status_code in (400, 422)
