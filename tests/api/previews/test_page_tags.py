"""Titles and Open Graph tags that the server writes for every address of the dashboard."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from api.settings import Settings
from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
SONG = "s2_00000000000000aa"
PAGE = """<!doctype html><html><head>
<meta name="description" content="What stands in the file." />
<title>Top Songs</title></head><body></body></html>"""


@pytest.fixture
def charts(store: ChartStore, settings: Settings) -> ChartStore:
    """A built dashboard and two hours of Germany."""
    settings.frontend_dist.mkdir()
    (settings.frontend_dist / "index.html").write_text(PAGE)
    store.complete_through(HOUR + timedelta(hours=2))
    first = song(1, song_id=SONG, title='Rock & "Roll" <b>', artist="A/B")
    store.count_window(HOUR, region="DE")
    store.rank_songs(HOUR, [first, song(2), song(3), song(4)], region="DE")
    store.rank_songs(HOUR - timedelta(hours=1), [song(7, song_id=SONG)], region="DE")
    return store


def tags(client: TestClient, address: str) -> dict[str, str]:
    """What the page's head says, by name, whoever asks for it."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)" />', answer.text)
    links = re.findall(r'<link rel="(\w+)" (?:type="([^"]+)" )?href="([^"]*)" />', answer.text)
    titles = re.findall(r"<title>(.*?)</title>", answer.text)
    assert len(titles) == 1
    named = [("title", titles[0]), *found, *((kind or relation, address) for relation, kind, address in links)]
    return {name: unescape(text) for name, text in named}


def test_a_chart_says_what_is_on_top_and_where(client: TestClient, charts: ChartStore) -> None:
    said = tags(client, "/?region=de")
    assert said["title"] == said["og:title"] == '1. Rock & "Roll" <b> – top songs in Germany'
    assert said["description"] == (
        '22 Nov 2026, 14:00–15:00 UTC: 1. Rock & "Roll" <b> – A/B; 2. Title 2 – Artist 2; 3. Title 3 – Artist 3'
    )
    assert said["og:url"] == said["canonical"] == "http://localhost:8000/?region=DE"
    assert said["og:image"] == "http://localhost:8000/charts/hourly/card?region=DE"
    assert said["application/atom+xml"] == "http://localhost:8000/charts/hourly/feed?region=DE"
    assert said["application/json+oembed"].startswith("http://localhost:8000/oembed?url=http%3A%2F%2Flocalhost")


def test_what_a_title_holds_is_no_markup(client: TestClient, charts: ChartStore) -> None:
    assert "<b>" not in client.get("/?region=DE").text


def test_a_fixed_window_stays_in_every_address(client: TestClient, charts: ChartStore) -> None:
    said = tags(client, "/?region=DE&window=2026-11-22T14:00:00Z")
    assert said["og:url"] == "http://localhost:8000/?region=DE&window=2026-11-22T14:00:00Z"
    assert said["og:image"].endswith("/card?region=DE&window_start=2026-11-22T14:00:00Z")


def test_a_song_says_its_name_and_its_best_rank(client: TestClient, charts: ChartStore) -> None:
    said = tags(client, f"/songs/{SONG}?region=DE")
    assert said["title"] == 'Rock & "Roll" <b> – A/B · Top Songs'
    assert said["description"] == "Best rank in Germany: 1. 2 hours on the chart."


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Top Songs"),
        ("/?region=XX", "Top Songs"),
        ("/?region=DE&window=never", "Top Songs"),
        ("/?region=DE&window=2026-11-29T14:00:00Z", "Top Songs"),
        ("/songs/s2_ffffffffffffffff", "Top Songs"),
        ("/world", "Number 1 around the world · Top Songs"),
        ("/archive?region=DE", "All number ones · Top Songs"),
        ("/find", "Search · Top Songs"),
    ],
)
def test_an_address_without_a_chart_says_what_the_site_is(
    client: TestClient, charts: ChartStore, address: str, title: str
) -> None:
    said = tags(client, address)
    assert said["title"] == title
    assert "og:image" not in said
    assert said["description"] != "What stands in the file."


def test_a_page_stands_without_the_charts(client: TestClient, charts: ChartStore) -> None:
    charts.connection.execute("alter table charts.chart_progress rename to moved")
    try:
        assert tags(client, "/?region=DE")["title"] == "Top Songs"
    finally:
        charts.connection.execute("alter table charts.moved rename to chart_progress")
