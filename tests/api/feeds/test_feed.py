"""A region's charts as an Atom feed."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

NOON = utc("2026-11-22 12:00")
SPACES = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """Three hours that have ended and one that has not."""
    store.open_from(NOON)
    store.complete_through(NOON + timedelta(minutes=30), NOON + timedelta(minutes=5))
    for hours in (30, 2, 1, 0):
        entries = [song(1, title=f"R&B <{hours}> \x0b"), *(song(rank) for rank in range(2, 13))]
        store.rank_songs(NOON - timedelta(hours=hours), entries)
    return store


def read(client: TestClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def texts(feed: ElementTree.Element, path: str) -> list[str | None]:
    return [one.text for one in feed.findall(path, SPACES)]


def test_windows_that_have_ended_are_entries_newest_first(client: TestClient, charts: ChartStore) -> None:
    feed = read(client, "/charts/hourly/feed?region=gb")
    assert texts(feed, "atom:title") == ["Top Songs: United Kingdom by the hour"]
    assert texts(feed, "atom:updated") == ["2026-11-22T12:00:00Z"]
    assert texts(feed, "atom:entry/atom:title") == [
        "Number 1: R&B <1> \ufffd – Artist 1", "Number 1: R&B <2> \ufffd – Artist 1",
    ]  # fmt: skip
    assert texts(feed, "atom:entry/atom:updated") == ["2026-11-22T12:00:00Z", "2026-11-22T11:00:00Z"]
    (content, _) = texts(feed, "atom:entry/atom:content")
    assert content is not None
    assert content.splitlines()[9] == "10. Title 10 – Artist 10 (990 plays)"
    assert len(content.splitlines()) == 10


def test_links_are_absolute_and_lead_to_the_fixed_window(client: TestClient, charts: ChartStore) -> None:
    feed = read(client, "/charts/hourly/feed?region=GB")
    links = [one.get("href") for one in feed.findall("atom:entry/atom:link", SPACES)]
    assert links[0] == "http://localhost:8000/?region=GB&window=2026-11-22T11:00:00Z"
    assert texts(feed, "atom:id") == ["http://localhost:8000/charts/hourly/feed?region=GB"]
    assert texts(feed, "atom:entry/atom:id") == links


def test_a_host_that_a_client_claims_is_not_repeated(client: TestClient, charts: ChartStore) -> None:
    answer = client.get("/charts/hourly/feed?region=GB", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text


def test_a_day_names_its_date(client: TestClient, charts: ChartStore) -> None:
    charts.rank_songs(utc("2026-11-21"), [song(1)], grain="day")
    feed = read(client, "/charts/daily/feed?region=GB")
    (link,) = feed.findall("atom:entry/atom:link", SPACES)
    assert link.get("href") == "http://localhost:8000/?region=GB&grain=day&window=2026-11-21"


def test_a_feed_without_charts_is_one(client: TestClient, store: ChartStore) -> None:
    feed = read(client, "/charts/hourly/feed")
    assert (feed.findall("atom:entry", SPACES), texts(feed, "atom:updated")) == ([], ["1970-01-01T00:00:00Z"])


def test_the_same_feed_is_not_sent_twice(client: TestClient, charts: ChartStore) -> None:
    first = client.get("/charts/hourly/feed")
    assert first.headers["Cache-Control"] == "max-age=60"
    assert client.get("/charts/hourly/feed", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_an_unknown_region_is_a_problem(client: TestClient, store: ChartStore) -> None:
    assert client.get("/charts/hourly/feed?region=XX").json()["code"] == "unknown_region"
