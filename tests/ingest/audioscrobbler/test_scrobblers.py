"""Real clients of ListenBrainz and real listens, against ingest as it runs in production."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from liblistenbrainz import Listen, ListenBrainz  # type: ignore[import-untyped]
from liblistenbrainz.errors import (  # type: ignore[import-untyped]
    InvalidAuthTokenException,
    ListenBrainzAPIException,
)

from ingest.access.key_file import add_key
from ingest.play import hash_listener
from tests.ingest.builders import LOCAL_KEY, SECRET
from tests.ingest.servers import Server, running_server
from tests.ingest.topics import read_topic
from tests.servers import KafkaServer

LISTENED_AT = 1_793_527_200
FILE = "listenbrainz_listens.jsonl.gz"


@pytest.fixture
def server(kafka_server: KafkaServer, tmp_path: Path) -> Iterator[Server]:
    """Ingest with one worker."""
    with running_server(kafka_server, tmp_path) as server:
        server.wait_until_ready()
        yield server


@pytest.fixture
def key(server: Server, tmp_path: Path) -> str:
    """Anna's key, for plays in Great Britain."""
    return add_key(tmp_path / "keys.json", "phone", "anna", "GB")


def connect(server: Server, key: str) -> ListenBrainz:
    client = ListenBrainz(server.url)
    client.set_auth_token(key)
    return client


def heard(number: int) -> Listen:
    return Listen(f"Song {number}", "The Testers", LISTENED_AT + number, additional_info={"duration_ms": 200_000})


def titles_kept(server: Server, kafka: KafkaServer) -> list[str]:
    return sorted(one.play.title for one in read_topic(kafka.connection(), server.topic))


def test_liblistenbrainz_submits_a_single_listen_and_an_import(
    server: Server, kafka_server: KafkaServer, key: str
) -> None:
    client = connect(server, key)
    client.submit_playing_now(Listen("Song 0", "The Testers"))
    client.submit_single_listen(heard(1))
    client.submit_multiple_listens([heard(number) for number in range(2, 502)])
    recorded = read_topic(kafka_server.connection(), server.topic)
    assert sorted(one.play.title for one in recorded) == sorted(f"Song {number}" for number in range(1, 502))
    assert {one.play.user_id for one in recorded} == {hash_listener("anna", SECRET)}
    assert client.remaining_requests == 100_000 - 502


def test_liblistenbrainz_understands_what_is_refused(server: Server, kafka_server: KafkaServer, key: str) -> None:
    with pytest.raises(InvalidAuthTokenException):
        connect(server, "wrong")
    with pytest.raises(ListenBrainzAPIException) as refused:
        connect(server, LOCAL_KEY).submit_single_listen(heard(1))
    assert refused.value.status_code == 400
    assert "additional_info.region: missing" in refused.value.message
    assert titles_kept(server, kafka_server) == []


def read_real_listens() -> list[dict[str, Any]]:
    folder = os.environ.get("REAL_PLAYS")
    if not folder or not (Path(folder) / FILE).exists():
        pytest.skip(f"real listens are submitted when REAL_PLAYS names a folder with {FILE}")
    with gzip.open(Path(folder) / FILE) as lines:
        return [json.loads(line) for line in lines]


def import_all(server: Server, key: str, listens: list[dict[str, Any]]) -> tuple[int, Counter[str]]:
    """Submit in hundreds, without those that are refused: how many were taken, and why not the others."""
    refused: Counter[str] = Counter()
    taken = 0
    for start in range(0, len(listens), 100):
        waiting = listens[start : start + 100]
        answer = post(server, key, waiting)
        if answer.status_code == 400:
            faults = {int(one["field"].split(".")[1]): one["code"] for one in answer.json()["errors"]}
            refused.update(faults.values())
            waiting = [one for index, one in enumerate(waiting) if index not in faults]
            answer = post(server, key, waiting)
        assert answer.status_code == 200, answer.text
        taken += len(waiting)
    return taken, refused


def post(server: Server, key: str, listens: list[dict[str, Any]]) -> httpx.Response:
    body = {"listen_type": "import", "payload": listens}
    return httpx.post(f"{server.url}/1/submit-listens", json=body, headers={"Authorization": f"Token {key}"})


def test_real_listens_are_imported_as_they_are(server: Server, kafka_server: KafkaServer, key: str) -> None:
    listens = read_real_listens()
    taken, refused = import_all(server, key, listens)
    assert (taken, refused) == (len(listens), Counter())
    kept = Counter(one.play.played_at.timestamp() for one in read_topic(kafka_server.connection(), server.topic))
    assert kept == Counter(float(one["listened_at"]) for one in listens)
