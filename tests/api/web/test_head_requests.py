"""HEAD tells what GET would."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, utc


@pytest.mark.parametrize("path", ["/charts/hourly", "/regions", "/healthz", "/charts/hourly?region=XX", "/nowhere"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, store: ChartStore, path: str) -> None:
    store.complete_through(utc("2026-11-22 14:32"))
    store.publish(utc("2026-11-22 14:00"), region="global")
    full, head = client.get(path), client.head(path)
    assert head.status_code == full.status_code
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "link", "cache-control"):
        assert head.headers.get(name) == full.headers.get(name)
