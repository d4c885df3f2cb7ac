"""Headers that tell browsers what pages may do, on every answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

PATHS = ["/", "/docs", "/lineage", "/charts/hourly?region=GB", "/status", "/healthz", "/nothing/here"]


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_lacks_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "object-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/lineage"])
def test_tools_are_not_framed(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_dashboard_runs_no_script_but_its_own_and_may_be_framed(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors" not in policy
