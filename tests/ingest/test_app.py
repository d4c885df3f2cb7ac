"""The service as a whole: health, problems, documentation, and what a bug looks like."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import SecretStr, ValidationError
from starlette.testclient import TestClient

from ingest.app import create_app
from ingest.kafka.delivery import Headers, Outgoing
from ingest.settings import Settings
from tests.ingest.builders import LOCAL_KEY, ingest_settings, listen, play_body, submission
from tests.ingest.publishers import MemoryPublisher


def test_alive_and_ready_need_no_key(client: TestClient, publisher: MemoryPublisher) -> None:
    del client.headers["Authorization"]
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}
    assert "ingest_plays_total" in client.get("/metrics").text
    publisher.away = True
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("POST", "/play/", 404, "not_found"),
        ("POST", "/%00", 404, "not_found"),
        ("GET", "/play", 405, "method_not_allowed"),
        ("DELETE", "/plays", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_unknown_routes_and_methods_are_problems(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert status != 405 or answer.headers["allow"]


class BrokenPublisher(MemoryPublisher):
    """Fails as only a bug can."""

    async def publish(self, plays: Sequence[Outgoing], headers: Headers = None) -> list[bool]:
        """Raise."""
        raise RuntimeError("a bug with listener-1 in it")


def test_a_bug_is_a_problem_that_tells_nothing(settings: Settings) -> None:
    app = create_app(settings, BrokenPublisher())
    headers = {"Authorization": f"Token {LOCAL_KEY}"}
    with TestClient(app, headers=headers, raise_server_exceptions=False) as client:
        answer = client.post("/play", json=play_body())
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "listener-1" not in answer.text


def test_the_document_describes_the_routes_that_read_their_own_body(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    doors = {"/play", "/plays", "/1/submit-listens", "/1/validate-token"}
    assert set(document["paths"]) == doors | {"/healthz", "/readyz", "/metrics"}
    for path in ("/play", "/plays"):
        described = set(document["paths"][path]["post"]["responses"])
        assert described >= {"202", "400", "401", "408", "413", "415", "422", "429", "503"}


def test_every_reference_in_the_document_leads_somewhere(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    references = json.dumps(document).split('"$ref": "#/components/schemas/')[1:]
    assert {one.split('"')[0] for one in references} <= set(document["components"]["schemas"])


def test_answers_are_as_the_document_says(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    answers = [
        ("/play", client.post("/play", json=play_body())),
        ("/play", client.post("/play", json={})),
        ("/play", client.post("/play", content=b"{")),
        ("/plays", client.post("/plays", json={"plays": [play_body(), 5]})),
        ("/plays", client.post("/plays", json={"plays": [5]})),
        ("/plays", client.post("/plays", json={})),
        ("/1/submit-listens", client.post("/1/submit-listens", json=submission(listen()))),
        ("/1/submit-listens", client.post("/1/submit-listens", json=submission(listen(track_name="")))),
        ("/1/validate-token", client.get("/1/validate-token")),
    ]
    for path, answer in answers:
        (operation,) = document["paths"][path].values()
        described = operation["responses"][str(answer.status_code)]
        assert {name.lower() for name in described["headers"]} - {"retry-after"} <= set(answer.headers)
        schema = described["content"][answer.headers["content-type"]]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        validator.validate(answer.json())


@pytest.mark.parametrize("forgotten", ["", "generate", "short"])
@pytest.mark.parametrize("name", ["ingest_key", "user_id_secret"])
def test_a_forgotten_secret_stops_the_start(tmp_path: Path, name: str, forgotten: str) -> None:
    with pytest.raises(ValidationError, match=name):
        ingest_settings(tmp_path, **{name: SecretStr(forgotten)})


def test_settings_do_not_show_their_secrets(settings: Settings) -> None:
    assert LOCAL_KEY not in repr(settings)
