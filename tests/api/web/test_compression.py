"""Responses are compressed, except short ones and the event stream; entity tags stay true."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.web.compression import SMALLEST_BYTES
from tests.api.chart_store import ChartStore, utc
from tests.api.serving import serving

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
GZIP = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def chart(store: ChartStore) -> ChartStore:
    """A chart that takes more than one packet."""
    store.complete_through(HOUR + timedelta(hours=2))
    store.publish(HOUR, songs=20)
    return store


@pytest.mark.usefixtures("chart")
def test_a_chart_is_compressed_for_a_client_that_accepts_it(client: TestClient) -> None:
    plain = client.get(ADDRESS, headers=PLAIN)
    zipped = client.get(ADDRESS, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) < len(plain.content) / 3
    assert zipped.content == plain.content
    assert {"Accept", "Accept-Encoding"} == {name.strip() for name in zipped.headers["Vary"].split(",")}


@pytest.mark.usefixtures("chart")
def test_the_tag_of_a_compressed_response_is_weak_and_still_answers_304(client: TestClient) -> None:
    plain = client.get(ADDRESS, headers=PLAIN).headers["ETag"]
    zipped = client.get(ADDRESS, headers=GZIP).headers["ETag"]
    assert zipped == f"W/{plain}"
    for tag in (plain, zipped):
        again = client.get(ADDRESS, headers={**GZIP, "If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert "Content-Encoding" not in again.headers


def test_a_short_response_stays_as_it_is(client: TestClient) -> None:
    answer = client.get("/healthz", headers=GZIP)
    assert len(answer.content) < SMALLEST_BYTES
    assert "Content-Encoding" not in answer.headers


def test_a_head_request_tells_the_same_headers_without_a_body(client: TestClient, chart: ChartStore) -> None:
    asked, told = (client.request(method, ADDRESS, headers=GZIP) for method in ("GET", "HEAD"))
    assert told.headers["ETag"] == asked.headers["ETag"]
    assert told.headers["Content-Encoding"] == "gzip"
    assert told.content == b""


def test_a_file_of_the_dashboard_is_compressed(client: TestClient, settings: Settings) -> None:
    assets = settings.frontend_dist / "assets"
    assets.mkdir(parents=True)
    (assets / "main-4f3c2b1a.js").write_text("console.log(1);\n" * 1_000)
    answer = client.get("/assets/main-4f3c2b1a.js", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.text == "console.log(1);\n" * 1_000


def test_the_event_stream_is_neither_compressed_nor_held_back(settings: Settings, store: ChartStore) -> None:
    with (
        serving(create_app(settings)) as address,
        httpx.stream("GET", f"{address}/charts/updates", headers=GZIP, timeout=10) as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert "Content-Encoding" not in stream.headers
        store.announce(HOUR)
        # It arrives at once, though far shorter than what is compressed elsewhere.
        assert "data" in next(stream.iter_text())
