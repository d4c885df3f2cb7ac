"""Is the process alive, can it answer."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_health_and_readiness_are_told_apart(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
