"""Pages of ingest cannot be framed, sniffed or given another base."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from ingest.web.security_headers import HEADERS
from tests.ingest.builders import play_body


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/healthz", "/metrics", "/no-such-page"])
def test_every_page_has_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name.decode(): headers.get(name.decode()) for name, _ in HEADERS} == {
        name.decode(): value.decode() for name, value in HEADERS
    }


def test_the_routes_of_plays_do_without(client: TestClient) -> None:
    answer = client.post("/play", json=play_body())
    assert answer.status_code == 202
    assert not {name.decode() for name, _ in HEADERS} & set(answer.headers)
