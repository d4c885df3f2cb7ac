"""What clients of ListenBrainz ask for besides submitting, and the addresses at which they ask."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from ingest.access.key_file import add_key
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, listen, submission
from tests.ingest.publishers import MemoryPublisher

ORIGIN = {"Origin": "https://player.example"}


@pytest.fixture
def anna(client: TestClient, settings: Settings) -> TestClient:
    """Anna's client, with her key."""
    client.headers["Authorization"] = f"Token {add_key(settings.ingest_key_file, 'phone', 'anna', 'GB')}"
    return client


@pytest.mark.parametrize(
    "path",
    ["//1/submit-listens", "/1//submit-listens", "/1//1/submit-listens", "/1/submit-listens/", "///1///submit-listens"],
)
def test_slashes_too_many_are_merged(client: TestClient, publisher: MemoryPublisher, path: str) -> None:
    answer = client.post(f"http://testserver{path}", json=submission(listen()))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert len(publisher.messages) == 1


def test_slashes_are_merged_before_limits_look_at_the_path(client: TestClient, publisher: MemoryPublisher) -> None:
    many = submission(*(listen(listened_at=1_793_527_200 + n) for n in range(500)))
    assert client.post("http://testserver//1/submit-listens", json=many).status_code == 200
    assert len(publisher.messages) == 500


def test_our_own_routes_take_merged_slashes_too(client: TestClient) -> None:
    assert client.get("http://testserver//healthz").status_code == 200


@pytest.mark.parametrize("base", ["/", "/1", "/1/", "/apis/listenbrainz/1/", "/1/submit-listens/1/"])
def test_a_wrong_base_address_loses_nothing(client: TestClient, publisher: MemoryPublisher, base: str) -> None:
    many = submission(*(listen(listened_at=1_793_527_200 + n) for n in range(500)))
    assert client.get(f"{base}validate-token").json()["valid"] is True
    assert client.post(f"{base}submit-listens", json=many).json() == {"status": "ok"}
    assert len(publisher.messages) == 500


def test_another_path_is_no_route_of_listenbrainz(client: TestClient) -> None:
    for path in ("/submit-listens/more", "/1/submit-listens/more", "/listens"):
        assert client.post(path, json=submission(listen())).status_code == 404


@pytest.mark.parametrize("path", ["/1/submit-listens", "//1/validate-token", "/1/user/anna/listens"])
def test_a_page_of_any_origin_may_ask(client: TestClient, path: str) -> None:
    answer = client.options(f"http://testserver{path}", headers=ORIGIN | {"Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


def test_success_and_errors_are_readable_by_any_origin_and_other_routes_are_not(client: TestClient) -> None:
    taken = client.post("/1/submit-listens", json=submission(listen()), headers=ORIGIN)
    refused = client.post("/1/submit-listens", content=b"{", headers=ORIGIN)
    for answer in (taken, refused, client.get("/1/nothing")):
        assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/healthz", headers=ORIGIN).headers


def test_a_token_may_be_in_the_query(client: TestClient) -> None:
    del client.headers["Authorization"]
    assert client.get(f"/1/validate-token?token={LOCAL_KEY}").json()["valid"] is True
    assert client.get("/1/validate-token?token=nope").json()["valid"] is False
    assert client.get("/1/validate-token?token=%F0%9F%8E%B5").json()["valid"] is False


def test_a_slip_beside_the_listens_costs_nothing(client: TestClient, publisher: MemoryPublisher) -> None:
    text = json.dumps(submission(listen()) | {"user_name": "anna"})
    doubled = text.replace('"track_name"', '"track_name": "zz", "track_name"')
    empty = listen()
    empty["track_metadata"]["additional_info"] = []
    for body in (text, doubled):
        assert client.post("/1/submit-listens", content=body).status_code == 200
    assert {play.title for play in publisher.read_back()} == {"Blue Train"}
    assert (
        client.post("/1/submit-listens", json=submission(empty))
        .json()["error"]
        .startswith("payload.0.track_metadata.additional_info.region: missing")
    )


@pytest.mark.parametrize("second", [1_793_527_200.5, "1793527200.9", 1_793_527_200.0])
def test_a_fraction_of_a_second_is_cut(client: TestClient, publisher: MemoryPublisher, second: object) -> None:
    assert client.post("/1/submit-listens", json=submission(listen(listened_at=second))).status_code == 200
    assert publisher.read_back()[0].played_at.timestamp() == 1_793_527_200


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (
            "/1/user/anna/listens?count=100&min_ts=1&max_ts=2",
            {
                "payload": {
                    "count": 0,
                    "user_id": "anna",
                    "listens": [],
                    "latest_listen_ts": None,
                    "oldest_listen_ts": None,
                }
            },
        ),
        ("/1/user/anna/listen-count", {"payload": {"count": 0}}),
        (
            "/1/user/Anna/playing-now",
            {"payload": {"count": 0, "user_id": "anna", "playing_now": True, "listens": []}},
        ),
        ("/1/latest-import?user_name=anna", {"musicbrainz_id": "anna", "latest_import": 0}),
        (
            "/1/feedback/user/anna/get-feedback?count=50",
            {"count": 0, "total_count": 0, "offset": 0, "feedback": []},
        ),
    ],
)
def test_reads_of_the_key_s_own_listener_find_nothing(anna: TestClient, path: str, content: object) -> None:
    answer = anna.get(path)
    assert (answer.status_code, answer.json()) == (200, content)
    assert anna.get(path.replace("anna", "bob").replace("Anna", "bob")).json() == {
        "code": 404,
        "error": "Cannot find user: bob",
    }
    del anna.headers["Authorization"]
    assert anna.get(path).json()["code"] == 401


def test_an_importer_may_leave_its_mark(anna: TestClient) -> None:
    assert anna.post("/1/latest-import", json={"ts": 1}).json() == {"status": "ok"}
    assert anna.post("/1/latest-import", json={"ts": 1}, headers={"Authorization": "Token no"}).status_code == 401


def test_statistics_are_not_calculated(anna: TestClient) -> None:
    answer = anna.get("/1/stats/user/anna/recordings?range=week")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/1/feedback/recording-feedback"),
        ("POST", "/1/delete-listen"),
        ("GET", "/1/user/anna/following"),
        ("GET", "/1/user/anna/playlists/createdfor"),
    ],
)
def test_what_is_not_kept_is_a_404_that_says_so(anna: TestClient, method: str, path: str) -> None:
    answer = anna.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (404, 404)
    assert "keeps no feedback" in answer.json()["error"]
