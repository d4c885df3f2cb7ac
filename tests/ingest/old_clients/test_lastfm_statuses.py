"""Clients of Last.fm's protocols, by the protocols' own rules: what is kept after which response, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key, revoke_keys
from ingest.app import create_app
from ingest.settings import Settings
from tests.ingest.builders import ingest_settings
from tests.ingest.publishers import MemoryPublisher

FIRST = 1_793_527_200
ALLOWANCE = 1_000
Fields = dict[str, str]
Scrobble = tuple[str, int]
"""Title and second."""


@dataclass
class LastfmClient:
    """2.0: keeps scrobbles after the errors 11 and 16, asks for a session after 9, drops them after any other."""

    post: Callable[[str, Fields], tuple[int, str]]
    session: str
    waiting: list[Scrobble] = field(default_factory=list)
    dropped: list[Scrobble] = field(default_factory=list)
    must_sign_in: bool = False

    def run(self) -> None:
        """Send everything that waits, once."""
        fields = {"method": "track.scrobble", "format": "json", "sk": self.session}
        for number, (title, second) in enumerate(self.waiting):
            fields |= {f"artist[{number}]": "A", f"track[{number}]": title, f"timestamp[{number}]": str(second)}
        _, text = self.post("/2.0/", fields)
        code = next((code for code in (9, 11, 16) if f'"error":{code},' in text), None)
        self.must_sign_in = code == 9
        if code is None:
            if '"error"' in text:
                self.dropped += self.waiting
            self.waiting = []


class OldPlayer(LastfmClient):
    """1.2: forgets scrobbles after OK, asks for a session after BADSESSION, keeps them after anything else."""

    def run(self) -> None:
        """Send everything that waits, once."""
        fields = {"s": self.session}
        for number, (title, second) in enumerate(self.waiting):
            fields |= {f"a[{number}]": "A", f"t[{number}]": title, f"i[{number}]": str(second)}
        status, text = self.post("/protocol_1.2", fields)
        self.must_sign_in = text.startswith("BADSESSION")
        if status == 200 and text.startswith("OK"):
            self.waiting = []


@dataclass
class Endpoint:
    """Ingest with Anna's key."""

    client: TestClient
    publisher: MemoryPublisher
    settings: Settings
    key: str

    def post(self, path: str, fields: Fields) -> tuple[int, str]:
        """Post a form."""
        answer = self.client.post(path, data=fields)
        return answer.status_code, answer.text

    def titles(self) -> set[str]:
        """What is stored."""
        return {play.title for play in self.publisher.read_back()}


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    """An allowance of 1,000 plays in five minutes."""
    limits = {"ingest_rate_limit_plays": ALLOWANCE, "ingest_rate_limit_seconds": 300}
    settings, publisher = ingest_settings(tmp_path, **limits), MemoryPublisher()
    key = add_key(settings.ingest_key_file, "phone", "anna", "GB")
    with TestClient(create_app(settings, publisher)) as client:
        yield Endpoint(client, publisher, settings, key)


def build(kind: type[LastfmClient], endpoint: Endpoint) -> LastfmClient:
    return kind(endpoint.post, endpoint.key, [(f"Song {number}", FIRST + 300 * number) for number in range(3)])


SONGS = {"Song 0", "Song 1", "Song 2"}
every_protocol = pytest.mark.parametrize("kind", [LastfmClient, OldPlayer])


@every_protocol
def test_while_the_broker_is_away_scrobbles_are_kept(kind: type[LastfmClient], endpoint: Endpoint) -> None:
    client = build(kind, endpoint)
    endpoint.publisher.away = True
    client.run()
    assert (len(client.waiting), client.dropped, endpoint.titles()) == (3, [], set())
    endpoint.publisher.away = False
    client.run()
    assert (client.waiting, endpoint.titles()) == ([], SONGS)


@every_protocol
def test_after_a_used_up_allowance_scrobbles_are_kept(kind: type[LastfmClient], endpoint: Endpoint) -> None:
    many = {"s": endpoint.key, "sk": endpoint.key}
    for number in range(ALLOWANCE):
        many |= {f"a[{number}]": "A", f"t[{number}]": "x", f"i[{number}]": str(FIRST - number)}
    assert endpoint.post("/protocol_1.2", many) == (200, "OK\n")
    client = build(kind, endpoint)
    client.run()
    assert (len(client.waiting), client.dropped) == (3, [])


@every_protocol
def test_a_session_that_ended_keeps_scrobbles_until_the_next(kind: type[LastfmClient], endpoint: Endpoint) -> None:
    client = build(kind, endpoint)
    revoke_keys(endpoint.settings.ingest_key_file, name="phone")
    client.session += "x"
    client.run()
    assert (client.must_sign_in, len(client.waiting), client.dropped) == (True, 3, [])
    client.session = add_key(endpoint.settings.ingest_key_file, "phone", "anna", "GB")
    client.run()
    assert (client.waiting, endpoint.titles()) == ([], SONGS)


@every_protocol
@pytest.mark.parametrize("bad", [("", FIRST), ("Old", 1), ("Future", FIRST * 2), ("x" * 600, FIRST)])
def test_a_scrobble_that_is_no_play_costs_no_other_and_is_not_repeated(
    kind: type[LastfmClient], endpoint: Endpoint, bad: Scrobble
) -> None:
    client = build(kind, endpoint)
    client.waiting.insert(1, bad)
    client.run()
    assert (client.waiting, client.dropped, endpoint.titles()) == ([], [], SONGS)
