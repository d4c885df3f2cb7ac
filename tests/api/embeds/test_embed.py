"""A chart in a frame of another site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """An open hour with a full chart and the settled hour before it."""
    store.open_from(HOUR)
    store.complete_through(HOUR + timedelta(minutes=32), HOUR + timedelta(minutes=15))
    for start in (HOUR - timedelta(hours=1), HOUR):
        store.count_window(start)
        store.rank_songs(start, [song(1, title="<script>alert(1)</script>"), *(song(n) for n in range(2, 101))])
    return store


def test_it_is_small_has_ten_songs_and_names_its_source(client: TestClient, charts: ChartStore) -> None:
    answer = client.get("/embed?region=GB")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.count('<tr><td class="rank">') == 10
    assert '<a href="http://localhost:8000/?region=GB" target="_blank" rel="noopener">Top Songs</a>' in answer.text
    assert "counted up to 14:32 UTC" in answer.text
    assert len(answer.content) < 10_000
    assert len(client.get("/embed?region=GB&limit=100").content) < 40_000


def test_another_site_may_frame_it(client: TestClient, charts: ChartStore) -> None:
    headers = client.get("/embed?region=GB").headers
    assert "X-Frame-Options" not in headers
    assert "frame-ancestors" not in headers["Content-Security-Policy"]


def test_what_a_title_holds_is_no_markup(client: TestClient, charts: ChartStore) -> None:
    assert "<script>alert" not in client.get("/embed?region=GB").text


def test_a_fixed_window_stays_and_the_newest_moves_on(client: TestClient, charts: ChartStore) -> None:
    fixed = client.get("/embed?region=GB&window_start=2026-11-22T13:00:00Z").text
    assert "22 Nov 2026, 13:00–14:00 UTC" in fixed
    assert "http-equiv" not in fixed
    assert "?region=GB&amp;window=2026-11-22T13:00:00Z" in fixed
    assert 'http-equiv="refresh"' in client.get("/embed?region=GB").text


def test_an_hour_without_plays_says_so(client: TestClient, charts: ChartStore) -> None:
    assert "No plays." in client.get("/embed?region=GB&window_start=2026-11-22T09:00:00Z").text


def test_oembed_gives_the_frame_of_a_chart(client: TestClient, store: ChartStore) -> None:
    url = "http%3A%2F%2Flocalhost%3A8000%2F%3Fregion%3Dgb%26grain%3Dday%26window%3D2026-11-21"
    body = client.get(f"/oembed?url={url}&maxwidth=400&format=json").json()
    assert (body["version"], body["type"], body["width"], body["height"]) == ("1.0", "rich", 400, 670)
    assert body["html"].startswith(
        '<iframe src="http://localhost:8000/embed?region=GB&amp;grain=day&amp;window_start=2026-11-21T00:00:00Z"'
    )


@pytest.mark.parametrize(
    "url", ["http://evil.example/?region=GB", "http://localhost:8000/world", "http://[", "javascript:alert(1)"]
)
def test_oembed_knows_no_other_address(client: TestClient, store: ChartStore, url: str) -> None:
    answer = client.get("/oembed", params={"url": url})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_oembed_has_json_only(client: TestClient, store: ChartStore) -> None:
    answer = client.get("/oembed", params={"url": "http://localhost:8000/?region=GB", "format": "xml"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "format")
