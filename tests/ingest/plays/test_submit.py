"""``POST /play`` and ``POST /plays``: the verdicts, and what reaches the publisher."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from ingest.play import derive_play_id, hash_listener, identify_song
from tests.examples import Example, read_examples
from tests.ingest.builders import SECRET, play_body
from tests.ingest.publishers import MemoryPublisher

JSON = {"Content-Type": "application/json"}


def post_batch(client: TestClient, *plays: object) -> tuple[int, dict[str, Any]]:
    answer = client.post("/plays", content=json.dumps({"plays": plays}))
    return answer.status_code, answer.json()


def count_of(client: TestClient, name: str, **labels: str) -> float:
    text = client.get("/metrics").text
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return sum(one.value for one in samples if one.name == name and one.labels == labels)


def test_a_play_is_accepted_and_on_its_way_as_the_model_says(client: TestClient, publisher: MemoryPublisher) -> None:
    before = datetime.now(UTC)
    answer = client.post("/play", json=play_body(play_id="p1", region="gb", ms_played=31_000))
    (play,) = publisher.read_back()
    assert (answer.status_code, answer.json()) == (202, {"play_id": "p1", "status": "accepted"})
    assert (play.region, play.ms_played, play.schema_version) == ("GB", 31_000, 2)
    assert play.user_id == hash_listener("listener-1", SECRET)
    assert before - timedelta(seconds=1) < play.received_at < datetime.now(UTC) + timedelta(seconds=1)
    assert publisher.messages[0][0] == play.user_id.encode()


def test_a_play_without_an_id_gets_the_same_one_every_time(client: TestClient, publisher: MemoryPublisher) -> None:
    ids = {client.post("/play", json=play_body()).json()["play_id"] for _ in range(2)}
    listener = hash_listener("listener-1", SECRET)
    song = identify_song("Blue Train", "John Coltrane")
    assert ids == {derive_play_id(listener, song, datetime(2026, 11, 1, 10, tzinfo=UTC))}


@pytest.mark.parametrize("example", read_examples("submitted"), ids=lambda one: one.name)
def test_an_example_is_answered_as_its_file_says(
    client: TestClient, publisher: MemoryPublisher, example: Example
) -> None:
    answer = client.post("/play", content=example.to_json())
    if not example.refused:
        assert answer.status_code == 202
        return
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid_play")
    assert answer.headers["content-type"] == "application/problem+json"
    assert {one["field"]: one["code"] for one in problem["errors"]} == example.refused
    assert not publisher.messages


def test_every_refused_field_is_named(client: TestClient) -> None:
    answer = client.post("/play", json=play_body(title="", region="ZZ", songs=1, artist=...))
    codes = {one["field"]: one["code"] for one in answer.json()["errors"]}
    assert codes == {
        "title": "too_short",
        "artist": "missing",
        "region": "unknown_region",
        "songs": "unknown_field",
    }


def test_an_unconfirmed_play_is_503_and_may_be_sent_again(client: TestClient, publisher: MemoryPublisher) -> None:
    publisher.away = True
    answer = client.post("/play", json=play_body())
    assert (answer.status_code, answer.json()["code"]) == (503, "unconfirmed")
    assert int(answer.headers["retry-after"]) > 0
    publisher.away = False
    assert client.post("/play", json=play_body()).status_code == 202
    assert len(publisher.messages) == 1


def test_a_batch_of_good_plays_is_accepted_in_one_go(client: TestClient, publisher: MemoryPublisher) -> None:
    status, reply = post_batch(client, *(play_body(play_id=f"p{n}") for n in range(1000)))
    assert (status, reply["accepted"], reply["rejected"], reply["unconfirmed"]) == (202, 1000, 0, 0)
    assert [one["play_id"] for one in reply["items"]] == [f"p{n}" for n in range(1000)]
    assert [play.play_id for play in publisher.read_back()] == [f"p{n}" for n in range(1000)]
    assert publisher.calls == 1


def test_each_play_of_a_mixed_batch_has_its_own_verdict(client: TestClient, publisher: MemoryPublisher) -> None:
    publisher.refused_titles = {"lost"}
    good, lost = play_body(play_id="g"), play_body(play_id="l", title="lost")
    status, reply = post_batch(client, good, play_body(title=7), lost, 5)
    items = [(one["index"], one["status"], one["play_id"], one["code"]) for one in reply["items"]]
    assert status == 207
    assert items == [
        (0, "accepted", "g", None),
        (1, "rejected", None, "wrong_type"),
        (2, "unconfirmed", "l", "unconfirmed"),
        (3, "rejected", None, "not_an_object"),
    ]
    assert (reply["accepted"], reply["rejected"], reply["unconfirmed"]) == (1, 2, 1)
    assert reply["items"][1]["message"].startswith("title: ")


def test_a_batch_without_an_accepted_play_is_422_or_503(client: TestClient, publisher: MemoryPublisher) -> None:
    assert post_batch(client, {}, [])[0] == 422
    publisher.away = True
    answer = client.post("/plays", json={"plays": [{}, play_body()]})
    assert (answer.status_code, answer.json()["unconfirmed"]) == (503, 1)
    assert int(answer.headers["retry-after"]) > 0


def test_a_batch_judges_every_example_as_a_single_play_is_judged(client: TestClient) -> None:
    _, reply = post_batch(client, *(one.play for one in read_examples("submitted")))
    for example, item in zip(read_examples("submitted"), reply["items"], strict=True):
        assert item["code"] == next(iter(example.refused.values()), None), example.name


def test_a_play_over_10240_bytes_in_a_batch_is_refused_alone(client: TestClient) -> None:
    room = 10_240 - len(json.dumps(play_body(title=""), separators=(",", ":")))
    status, reply = post_batch(client, play_body(), play_body(title="x" * (room + 1)))
    assert (status, reply["items"][1]["code"]) == (207, "too_large")
    _, reply = post_batch(client, play_body(title="x" * room))
    assert reply["items"][0]["code"] == "too_long"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"[]", 422, "invalid_batch"),
        (b"{}", 422, "invalid_batch"),
        (b'{"plays":[]}', 422, "invalid_batch"),
        (b'{"plays":{}}', 422, "invalid_batch"),
        (b'{"plays":[{}],"more":1}', 422, "invalid_batch"),
        (b'{"plays":[' + b"0," * 1000 + b"0]}", 413, "too_many_plays"),
        (b'{"plays":[{"title":"\\ud800"}]}', 400, "not_json"),
        (b'{"plays":[' + b"[" * 100_000, 400, "not_json"),
    ],
)
def test_an_envelope_that_is_no_batch_is_a_problem(
    client: TestClient, publisher: MemoryPublisher, body: bytes, status: int, code: str
) -> None:
    answer = client.post("/plays", content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not publisher.messages


@pytest.mark.parametrize("field", ["title", "artist", "release"])
@pytest.mark.parametrize("hidden", ["\x1b[31m", "\n", "\x7f", "\x85", "\u202e", "\u2066", "\u2069"])
def test_control_and_direction_characters_have_a_code_of_their_own(
    client: TestClient, publisher: MemoryPublisher, field: str, hidden: str
) -> None:
    body = play_body(**{field: f"sec-{hidden}gnp.exe"})
    refused = client.post("/play", json=body)
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(field, "control_character")]
    batch = client.post("/plays", json={"plays": [body]}).json()
    assert [item["code"] for item in batch["items"]] == ["control_character"]
    assert not publisher.messages


@pytest.mark.parametrize("title", ["👩\u200d🎤", "مرحبا\u200f", "no\u00a0break", "\ufeffx"])
def test_other_invisible_characters_are_taken(client: TestClient, title: str) -> None:
    assert client.post("/play", json=play_body(title=title)).status_code == 202


GOOD = json.dumps(play_body()).encode()
HOSTILE = {
    "nothing": b"",
    "white space": b" \n\t ",
    "null": b"null",
    "number": b"5",
    "list": b"[" + GOOD + b"]",
    "cut off": GOOD[:-1],
    "two documents": GOOD + GOOD,
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "latin-1": '{"title":"Café"}'.encode("latin-1"),
    "overlong utf-8": b'{"title":"\xc0\x80"}',
    "surrogate": GOOD.replace(b"Blue Train", rb"\ud800"),
    "surrogates the wrong way round": GOOD.replace(b"Blue Train", rb"\udc00\ud800"),
    "raw control character": GOOD.replace(b"Blue", b"\x01"),
    "nul byte": GOOD.replace(b"Blue", b"\x00"),
    "escaped nul": GOOD.replace(b"Blue", rb"\u0000"),
    "not a number": GOOD.replace(b'"Blue Train"', b"NaN"),
    "infinite": GOOD[:-1] + b',"ms_played":1e999}',
    "5,000 digits": GOOD[:-1] + b',"ms_played":' + b"9" * 5000 + b"}",
    "nested 5,000 deep": b"[" * 5000,
    "nested 1,000 deep in a field": GOOD[:-1] + b',"client":' + b'{"a":' * 1000 + b"1" + b"}" * 1001,
    "single quotes": GOOD.replace(b'"', b"'"),
    "comment": b"/* x */" + GOOD,
    "form": b"title=Blue+Train&artist=John+Coltrane",
    "xml": b'<?xml version="1.0"?><play/>',
    "prototype": b'{"__proto__":{"title":"x"},"constructor":1}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "random bytes": bytes(range(256)),
    "900 unknown fields": b"{" + b",".join(b'"%d":1' % n for n in range(900)) + b"}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_refused_with_a_code_and_nothing_goes_on(
    client: TestClient, publisher: MemoryPublisher, body: bytes
) -> None:
    answer = client.post("/play", content=body, headers=JSON)
    problem = answer.json()
    assert answer.status_code in (400, 422)
    assert problem["code"] in ("not_json", "invalid_play")
    assert problem["code"] == "not_json" or all(one["field"] for one in problem["errors"])
    assert not publisher.messages
    assert client.post("/play", json=play_body()).status_code == 202


def test_verdicts_and_refusals_are_counted(client: TestClient) -> None:
    accepted = count_of(client, "ingest_plays_total", status="accepted")
    refused = count_of(client, "ingest_refusals_total", code="unknown_region")
    post_batch(client, play_body(), play_body(region="ZZ"))
    client.post("/play", json=play_body(region="ZZ"))
    assert count_of(client, "ingest_plays_total", status="accepted") == accepted + 1
    assert count_of(client, "ingest_refusals_total", code="unknown_region") == refused + 2
