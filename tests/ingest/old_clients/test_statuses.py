"""No class of old clients loses a play, or repeats one for ever, whatever the endpoint answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.app import create_app
from tests.ingest.builders import ingest_settings, listen
from tests.ingest.old_clients.queues import CLASSES, KEEPS_NOTHING, MultiScrobbler, OldClient, Send
from tests.ingest.publishers import MemoryPublisher

FIRST = 1_793_527_200
ALLOWANCE = 1_000


class Endpoint:
    """Ingest with a publisher that can be away, at an address that the client may have wrong."""

    def __init__(self, client: TestClient, publisher: MemoryPublisher) -> None:
        self.client, self.publisher = client, publisher
        self.path = "/1/submit-listens"

    def send(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Post a submission."""
        answer = self.client.post(self.path, json=body)
        return answer.status_code, answer.json()

    def titles(self) -> set[str]:
        """What is stored."""
        return {play.title for play in self.publisher.read_back()}


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    """Anna's key in Great Britain, with an allowance of 1,000 plays in five minutes."""
    limits = {"ingest_rate_limit_plays": ALLOWANCE, "ingest_rate_limit_seconds": 300}
    settings, publisher = ingest_settings(tmp_path, **limits), MemoryPublisher()
    key = add_key(settings.ingest_key_file, "phone", "anna", "GB")
    with TestClient(create_app(settings, publisher), headers={"Authorization": f"Token {key}"}) as client:
        yield Endpoint(client, publisher)


def heard(number: int, **changes: Any) -> dict[str, Any]:
    return listen(FIRST + 300 * number, **{"track_name": f"Song {number}", "region": None, **changes})


def songs(count: int) -> set[str]:
    return {f"Song {number}" for number in range(count)}


def turn(client: OldClient) -> None:
    """The client's next try."""
    if isinstance(client, MultiScrobbler):
        client.revive()
    client.run()


def build(kind: type[OldClient], send: Send, count: int) -> OldClient:
    client = kind(send)
    client.waiting = [heard(number) for number in range(count)]
    return client


every_class = pytest.mark.parametrize("kind", CLASSES)


@every_class
def test_503_while_the_broker_is_away(kind: type[OldClient], endpoint: Endpoint) -> None:
    client = build(kind, endpoint.send, 3)
    endpoint.publisher.away = True
    client.run()
    endpoint.publisher.away = False
    client.waiting.append(heard(3))
    turn(client)
    assert client.waiting == []
    assert endpoint.titles() == ({"Song 3"} if kind in KEEPS_NOTHING else songs(4))


@every_class
def test_some_stored_of_an_import_that_is_503_and_sent_again(kind: type[OldClient], endpoint: Endpoint) -> None:
    client = build(kind, endpoint.send, 3)
    endpoint.publisher.refused_titles = {"Song 1"}
    client.run()
    endpoint.publisher.refused_titles = set()
    turn(client)
    lost = {"Song 1"} if kind in KEEPS_NOTHING else set()
    assert endpoint.titles() == songs(3) - lost
    # What was stored twice has one identity: it counts once.
    assert len({play.play_id for play in endpoint.publisher.read_back()}) == 3 - len(lost)


@every_class
def test_a_used_up_allowance(kind: type[OldClient], endpoint: Endpoint) -> None:
    use_up = {"listen_type": "import", "payload": [heard(number) for number in range(100, 100 + ALLOWANCE)]}
    assert endpoint.send(use_up)[0] == 200
    client = build(kind, endpoint.send, 3)
    client.run()
    dropped = list(client.dropped)
    assert kind in (*KEEPS_NOTHING, MultiScrobbler) or (dropped == [] and len(client.waiting) == 3)


@every_class
@pytest.mark.parametrize(
    "bad",
    [{"track_name": ""}, {"artist_name": "a" * 600}, {"listened_at": 1}, {"listened_at": FIRST * 1_000}],
    ids=["no title", "long artist", "1970", "milliseconds"],
)
def test_a_listen_that_is_no_play_costs_no_other(
    kind: type[OldClient], endpoint: Endpoint, bad: dict[str, Any]
) -> None:
    client = build(kind, endpoint.send, 5)
    client.waiting.insert(2, {**heard(99), **bad} if "listened_at" in bad else heard(99, **bad))
    for _ in range(2):
        turn(client)
    assert endpoint.titles() == songs(5)
    # It is not repeated for ever either; multi-scrobbler shows its dead queue, and ends after a number of tries.
    assert client.waiting == []
    assert len(client.dropped) <= 1


@every_class
def test_a_listen_that_is_no_play_alone_is_gone_with_the_next_good_one(
    kind: type[OldClient], endpoint: Endpoint
) -> None:
    client = kind(endpoint.send)
    client.waiting = [heard(99, track_name="")]
    client.run()
    client.waiting.append(heard(0))
    turn(client)
    assert endpoint.titles() == songs(1)
    assert client.waiting == []


@every_class
@pytest.mark.parametrize("path", ["/submit-listens", "//1/submit-listens", "/1/1/submit-listens/"])
def test_a_wrong_base_address_is_no_404(kind: type[OldClient], endpoint: Endpoint, path: str) -> None:
    endpoint.path = path if not path.startswith("//") else f"http://testserver{path}"
    client = build(kind, endpoint.send, 3)
    client.run()
    assert (client.waiting, client.dropped, endpoint.titles()) == ([], [], songs(3))


@every_class
def test_a_duplicate_is_answered_as_the_first(kind: type[OldClient], endpoint: Endpoint) -> None:
    for _ in range(2):
        client = build(kind, endpoint.send, 3)
        client.run()
        assert (client.waiting, client.dropped) == ([], [])
    assert len({play.play_id for play in endpoint.publisher.read_back()}) == 3
