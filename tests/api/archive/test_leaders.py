"""Every region's number one in one response."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

OPEN = utc("2026-11-22 14:00")
SETTLED = utc("2026-11-22 13:00")
NAMES = {"global": "Global", "GB": "United Kingdom", "FR": "France"}


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """Three regions in an open hour, two in the settled one before it."""
    for region, name in NAMES.items():
        store.insert("regions", {"region": region, "name": name})
    store.open_from(OPEN)
    store.complete_through(utc("2026-11-22 14:32"), utc("2026-11-22 14:15"))
    for region in ("GB", "global", "FR"):
        store.publish(OPEN, region=region)
    for region in ("GB", "global"):
        store.rank_songs(SETTLED, [song(1, title="Before"), song(2)], region=region)
    return store


def leaders(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get("/charts/hourly/leaders" + query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_the_newest_window_has_each_region_once_global_first(client: TestClient, charts: ChartStore) -> None:
    body = leaders(client)
    assert (body["grain"], body["window_start"], body["window_end"]) == (
        "hour", "2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z",
    )  # fmt: skip
    assert [(one["region"], one["name"]) for one in body["leaders"]] == [
        ("global", "Global"), ("FR", "France"), ("GB", "United Kingdom"),
    ]  # fmt: skip
    assert body["leaders"][2] == {
        "region": "GB",
        "name": "United Kingdom",
        "song_id": "s2_0000000000000001",
        "title": "Title 1",
        "artist": "Artist 1",
        "plays": 999,
        "listeners": 499,
        "movement": "up",
        "previous_rank": 3,
        "streak": 4,
    }


def test_a_window_is_named_by_its_start(client: TestClient, charts: ChartStore) -> None:
    before = leaders(client, "?window_start=2026-11-22T13:00:00Z")["leaders"]
    assert [(one["region"], one["title"]) for one in before] == [("global", "Before"), ("GB", "Before")]


def test_a_counted_window_without_plays_has_no_leaders(client: TestClient, charts: ChartStore) -> None:
    assert leaders(client, "?window_start=2026-11-22T09:00:00Z")["leaders"] == []


@pytest.mark.parametrize("query", ["?window_start=2026-11-22T15:00:00Z", ""])
def test_what_is_not_computed_is_a_problem(client: TestClient, store: ChartStore, query: str) -> None:
    if query:
        store.complete_through(utc("2026-11-22 14:32"))
    answer = client.get("/charts/hourly/leaders" + query)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_computed")


@pytest.mark.parametrize(
    "query", ["?window_start=2026-11-22T14:30:00Z", "?window_start=today", "?region=GB", "?window_start=2026-11-22"]
)
def test_a_refused_parameter_is_a_problem(client: TestClient, store: ChartStore, query: str) -> None:
    answer = client.get("/charts/hourly/leaders" + query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")


def test_the_same_leaders_are_not_sent_twice(client: TestClient, charts: ChartStore) -> None:
    first = client.get("/charts/hourly/leaders")
    again = client.get("/charts/hourly/leaders", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
