"""Which other web pages may read the api."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.chart_store import ChartStore, utc

ALLOWED = "https://charts.example"
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
NAMES = ("access-control-allow-origin", "access-control-expose-headers")


@pytest.fixture
def client(settings: Settings, store: ChartStore) -> TestClient:
    """A client of an api that two origins may read, and that remembers answers."""
    store.complete_through(utc("2026-11-22 14:30"))
    store.publish(utc("2026-11-22 14:00"))
    origins = f"{ALLOWED}/, http://localhost:5173"
    return TestClient(create_app(settings.model_copy(update={"api_cors_origins": origins, "api_memory_bytes": 10_000})))


def test_nobody_is_allowed_unless_named(settings: Settings, store: ChartStore) -> None:
    with TestClient(create_app(settings)) as client:
        answer = client.get("/healthz", headers={"Origin": ALLOWED})
        assert answer.status_code == 200
        assert not any(name in answer.headers for name in NAMES)


@pytest.mark.parametrize("origin", [ALLOWED, "http://localhost:5173"])
def test_a_named_origin_may_read_charts_and_what_their_headers_say(client: TestClient, origin: str) -> None:
    with client:
        for _ in range(2):  # the second one comes from memory
            answer = client.get(ADDRESS, headers={"Origin": origin})
            assert answer.headers["access-control-allow-origin"] == origin
            assert "ETag" in answer.headers["access-control-expose-headers"]
            assert answer.headers["vary"] == "Accept, Origin"


def test_what_was_remembered_for_one_origin_allows_no_other(client: TestClient) -> None:
    with client:
        client.get(ADDRESS, headers={"Origin": ALLOWED})
        answer = client.get(ADDRESS, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in answer.headers


def test_a_conditional_request_may_be_asked_for_beforehand(client: TestClient) -> None:
    asked = {
        "Origin": ALLOWED,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "If-None-Match",
    }
    with client:
        assert client.options(ADDRESS, headers=asked).status_code == 200
        assert client.options(ADDRESS, headers={**asked, "Origin": "https://evil.example"}).status_code == 400
        assert client.options(ADDRESS, headers={**asked, "Access-Control-Request-Method": "POST"}).status_code == 400


def test_everyone_cannot_be_named(settings: Settings) -> None:
    with pytest.raises(ValidationError, match="name each origin"):
        Settings(**{**settings.model_dump(), "api_cors_origins": "*"})
