"""Last.fm's protocols, with pylast over HTTP and form by form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx2
import pylast
import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.app import create_app
from ingest.play import hash_listener
from ingest.settings import Settings
from tests.clients.servers import free_port, serving
from tests.ingest.builders import LOCAL_KEY, SECRET, ingest_settings
from tests.ingest.publishers import MemoryPublisher

AT = 1_793_527_200
SERVICE = "/2.0/"


@pytest.fixture
def key(settings: Settings) -> str:
    """Anna's key, for plays in Great Britain."""
    return add_key(settings.ingest_key_file, "phone", "anna", "GB")


class WithoutTls(httpx2.HTTPTransport):
    """What a reverse proxy does: pylast always speaks TLS."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = request.url.copy_with(scheme="http")
        return super().handle_request(request)


def connect(port: int, password: str) -> pylast._Network:
    network: Any = pylast._Network(
        name="Top Songs",
        homepage="",
        ws_server=(f"127.0.0.1:{port}", "/2.0/"),
        api_key="a key of the client's maker",
        api_secret="and a secret",
        session_key="",
        username="",
        password_hash="",
        token="",
        domain_names={},
        urls={},
    )
    network.proxy = {"https://": WithoutTls()}
    network.session_key = pylast.SessionKeyGenerator(network).get_session_key(password, pylast.md5(password))
    return network  # type: ignore[no-any-return]


@pytest.fixture
def port(tmp_path: Path, publisher: MemoryPublisher) -> Iterator[int]:
    """The port of an ingest over HTTP, with the same key file."""
    port = free_port()
    with serving(create_app(ingest_settings(tmp_path), publisher), port):
        yield port


def test_pylast_signs_in_and_scrobbles(port: int, key: str, publisher: MemoryPublisher) -> None:
    network = connect(port, key)
    network.update_now_playing("John Coltrane", "Blue Train")
    network.scrobble("John Coltrane", "Blue Train", AT, album="Blue Train", duration=643)
    network.scrobble_many([{"artist": "John Coltrane", "title": f"Song {n}", "timestamp": AT + n} for n in range(60)])
    first, *others = publisher.read_back()
    assert (first.title, first.artist, first.release, first.region) == (
        "Blue Train",
        "John Coltrane",
        "Blue Train",
        "GB",
    )
    assert first.played_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert (first.duration_ms, first.user_id) == (643_000, hash_listener("anna", SECRET))
    assert [play.title for play in others] == [f"Song {n}" for n in range(60)]
    assert {play.key_id for play in (first, *others)} == {key.split("_")[1]}


@pytest.mark.parametrize(("password", "word"), [("wrong", "write key"), (LOCAL_KEY, "no region")])
def test_pylast_understands_a_password_that_does_not_do(port: int, password: str, word: str) -> None:
    with pytest.raises(pylast.WSError, match=word) as refused:
        connect(port, password)
    assert int(refused.value.status) == pylast.STATUS_AUTH_FAILED


def ask(client: TestClient, method: str, **fields: object) -> Any:
    return client.post(SERVICE, data={"method": method, "format": "json", **fields})


def test_each_scrobble_of_a_batch_has_its_own_verdict(client: TestClient, key: str, publisher: MemoryPublisher) -> None:
    rows = [("A", "Good", AT), ("", "No artist", AT), ("A", "", AT), ("A", "Old", 5), ("A", "New", 9_999_999_999)]
    fields: dict[str, object] = {}
    for index, (artist, track, second) in enumerate(rows):
        fields |= {f"artist[{index}]": artist, f"track[{index}]": track, f"timestamp[{index}]": second}
    answer = ask(client, "track.scrobble", sk=key, **{"mbid[0]": "None"}, **fields).json()["scrobbles"]
    assert answer["@attr"] == {"accepted": 1, "ignored": 4}
    assert [one["ignoredMessage"]["code"] for one in answer["scrobble"]] == ["0", "1", "2", "3", "4"]
    assert [play.title for play in publisher.read_back()] == ["Good"]


def test_xml_is_the_default_and_one_scrobble_is_no_list(client: TestClient, key: str) -> None:
    fields = {"method": "track.scrobble", "sk": key, "artist": "A & B", "track": "<Song>", "timestamp": str(AT)}
    root = ElementTree.fromstring(client.post("/2.0", data=fields).text)
    assert (root.tag, root.get("status")) == ("lfm", "ok")
    assert root.findtext("scrobbles/scrobble/artist") == "A & B"
    fields["sk"] = "wrong"
    failed = ElementTree.fromstring(client.post("/2.0", data=fields).text)
    error = failed.find("error")
    assert error is not None
    assert (failed.get("status"), error.get("code")) == ("failed", "9")


def test_a_token_is_authorised_by_being_a_key(client: TestClient, key: str) -> None:
    token = ask(client, "auth.getToken").json()["token"]
    assert ask(client, "auth.getSession", token=token).json()["error"] == 14
    assert ask(client, "auth.getMobileSession", username="anna", password=key).json()["session"]["key"] == key
    assert ask(client, "auth.getMobileSession", username=key, authToken="0" * 32).json()["error"] == 4
    session = ask(client, "auth.getSession", token=key).json()["session"]
    assert (session["name"], session["key"]) == ("anna", key)


def test_other_methods_and_empty_batches_have_last_fm_s_codes(client: TestClient, key: str) -> None:
    assert ask(client, "geo.getTopTracks", sk=key).json()["error"] == 3
    assert ask(client, "track.scrobble", sk=key).json()["error"] == 6


def test_an_unconfirmed_scrobble_is_to_be_sent_again(client: TestClient, key: str, publisher: MemoryPublisher) -> None:
    publisher.refused_titles = {"lost"}
    answer = ask(client, "track.scrobble", sk=key, artist="A", track="lost", timestamp=AT)
    assert (answer.status_code, answer.json()["error"]) == (503, 16)
    assert int(answer.headers["retry-after"]) > 0
    body = {"s": key, "a[0]": "A", "t[0]": "lost", "i[0]": str(AT)}
    old = client.post("/protocol_1.2", data=body)
    assert (old.status_code, old.text.split()[0]) == (503, "FAILED")


def shake(client: TestClient, user: str, password: str) -> list[str]:
    inner = hashlib.md5(password.encode()).hexdigest()
    token = hashlib.md5(f"{inner}{AT}".encode()).hexdigest()
    return client.get(f"/?hs=true&p=1.2.1&c=tst&v=1.0&u={user}&t={AT}&a={token}").text.splitlines()


def test_older_players_shake_hands_and_submit(client: TestClient, key: str, publisher: MemoryPublisher) -> None:
    said, session, now_playing, submission = shake(client, key, key)
    assert said == "OK"
    assert client.post(now_playing, data={"s": session, "a": "A", "t": "Song"}).text == "OK\n"
    assert not publisher.messages
    scrobbles = {"a[0]": "A", "t[0]": "One", "i[0]": str(AT), "l[0]": "200", "b[0]": "", "n[0]": "", "m[0]": ""}
    more = {"a[1]": "A", "t[1]": "", "i[1]": str(AT), "a[2]": "A", "t[2]": "Two", "i[2]": str(AT + 200)}
    assert client.post(submission, data={"s": session, **scrobbles, **more}).text == "OK\n"
    assert [(play.title, play.duration_ms) for play in publisher.read_back()] == [("One", 200_000), ("Two", None)]
    assert client.post(submission, data={"s": "wrong", **scrobbles}).text == "BADSESSION\n"


@pytest.mark.parametrize("version", ["1.1", "1.0", "2.0"])
def test_another_protocol_than_1_2_is_refused_in_the_handshake(client: TestClient, key: str, version: str) -> None:
    said = client.get(f"/?hs=true&p={version}&c=tst&v=1.0&u={key}").text
    assert said == f"FAILED Protocol 1.2 is served here, not {version}\n"


@pytest.mark.parametrize("path", ["/apis/audioscrobbler/2.0/", "/2.0/2.0", "//2.0//", "/api/2.0"])
def test_a_wrong_base_address_of_2_0_loses_nothing(
    client: TestClient, key: str, publisher: MemoryPublisher, path: str
) -> None:
    fields = {"method": "track.scrobble", "sk": key, "artist": "A", "track": "Song", "timestamp": str(AT)}
    many = fields | {f"{name}[{n}]": value for n in range(1, 200) for name, value in fields.items()}
    assert client.post(f"http://testserver{path}", data=many).status_code == 200
    assert len(publisher.messages) == 200


def test_a_handshake_without_the_key_fails(client: TestClient, key: str) -> None:
    assert shake(client, key, "wrong") == ["BADAUTH"]
    assert shake(client, "anna", "anna") == ["BADAUTH"]
    assert shake(client, LOCAL_KEY, LOCAL_KEY)[0].startswith("FAILED This key has no region")
    assert client.get("/").status_code == 404
