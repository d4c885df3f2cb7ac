"""Rate limits: what a key may post, what it is told, and that nobody else pays for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from pydantic import ValidationError
from starlette.testclient import TestClient

from ingest.access.allowances import Allowances
from ingest.access.key_file import add_key
from ingest.app import create_app
from tests.ingest.builders import LOCAL_KEY, ingest_settings, listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher

PLAYS = 1_000


@pytest.fixture
def client(tmp_path: Path, publisher: MemoryPublisher) -> Iterator[TestClient]:
    """The app with an allowance of one full batch in an hour."""
    settings = ingest_settings(tmp_path, ingest_rate_limit_plays=PLAYS, ingest_rate_limit_seconds=3_600)
    headers = {"Authorization": f"Token {LOCAL_KEY}"}
    with TestClient(create_app(settings, publisher), headers=headers) as client:
        yield client


def post_batch(client: TestClient, size: int, **headers: str) -> Response:
    return client.post("/plays", json={"plays": [play_body()] * size}, headers=headers)


def remaining(answer: Response) -> int:
    return int(answer.headers["x-ratelimit-remaining"])


def test_every_play_costs_one_by_each_door(client: TestClient) -> None:
    assert remaining(client.post("/play", json=play_body())) == 999
    assert remaining(post_batch(client, 100)) == 899
    assert remaining(client.post("/1/submit-listens", json=submission(listen(), listen()))) == 897
    assert remaining(client.post("/play", content=b"nonsense")) == 896


def test_a_key_that_posted_its_plays_is_told_when_to_come_back(client: TestClient, publisher: MemoryPublisher) -> None:
    post_batch(client, PLAYS)
    answer = client.post("/play", json=play_body())
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert answer.headers["x-ratelimit-limit"] == "1000"
    assert answer.headers.get_list("x-ratelimit-remaining") == ["0"]
    assert 3_500 < int(answer.headers["x-ratelimit-reset-in"]) <= 3_600
    assert answer.headers["retry-after"] == answer.headers["x-ratelimit-reset-in"]
    # Clients of ListenBrainz drop listens after a 429.
    listens = client.post("/1/submit-listens", json=submission(listen()))
    assert (listens.status_code, listens.json()["code"]) == (503, 503)
    assert listens.headers["retry-after"] == listens.headers["x-ratelimit-reset-in"]
    assert len(publisher.messages) == PLAYS


def test_a_batch_beyond_the_allowance_is_refused_whole_and_a_smaller_one_taken(
    client: TestClient, publisher: MemoryPublisher
) -> None:
    post_batch(client, 900)
    assert post_batch(client, 101).status_code == 429
    assert len(publisher.messages) == 900
    assert post_batch(client, 90).status_code == 202


def test_another_key_has_its_own_allowance_and_a_second_key_of_a_name_has_not(
    client: TestClient, tmp_path: Path
) -> None:
    post_batch(client, PLAYS)
    one, two = (f"Token {add_key(tmp_path / 'keys.json', 'phone')}" for _ in range(2))
    assert post_batch(client, 600, Authorization=one).status_code == 202
    assert post_batch(client, 600, Authorization=two).status_code == 429


def test_nobody_pays_without_a_key(client: TestClient) -> None:
    answer = client.post("/play", json=play_body(), headers={"Authorization": "Token wrong"})
    assert answer.status_code == 401
    assert "x-ratelimit-limit" not in answer.headers
    assert remaining(client.post("/play", json=play_body())) == 999


def test_an_allowance_is_whole_again_in_the_next_window() -> None:
    allowances = Allowances(5, 1)
    assert allowances.spend("a", 5)
    assert not allowances.spend("a", 1)
    deadline = time.monotonic() + 10
    while not allowances.spend("a", 5):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not allowances.spend("a", 1)


def test_workers_share_a_key_s_allowance(tmp_path: Path) -> None:
    assert ingest_settings(tmp_path, ingest_workers=4, ingest_rate_limit_plays=100_000).worker_rate_limit == 25_000
    assert ingest_settings(tmp_path, ingest_workers=4, ingest_rate_limit_plays=1_000).worker_rate_limit == 1_000


def test_an_allowance_that_no_batch_fits_into_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="ingest_rate_limit_plays"):
        ingest_settings(tmp_path, ingest_rate_limit_plays=999)
