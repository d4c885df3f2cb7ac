"""Which windows have been counted, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, utc

NOON = utc("2026-11-22 12:00")


@pytest.fixture
def five_hours(store: ChartStore) -> ChartStore:
    """Five counted hours up to 12:00, another region's and another grain's beside them."""
    store.complete_through(NOON + timedelta(minutes=50))
    for hours in range(5):
        store.count_window(NOON - timedelta(hours=hours), total_plays=hours)
    store.count_window(NOON, region="FR")
    store.count_window(utc("2026-11-22"), grain="day", total_plays=77)
    return store


def starts(body: dict[str, list[dict[str, str]]]) -> list[str]:
    """The hours of a page, as ``12:00``."""
    return [window["window_start"][11:16] for window in body["windows"]]


def test_windows_are_listed_newest_first_with_their_fields(client: TestClient, five_hours: ChartStore) -> None:
    windows = client.get("/windows?region=gb&grain=hour").json()["windows"]
    assert starts({"windows": windows}) == ["12:00", "11:00", "10:00", "09:00", "08:00"]
    newest = {
        "window_start": "2026-11-22T12:00:00Z",
        "status": "provisional",
        "revision": 1,
        "total_plays": 0,
    }
    assert list(windows[0].items()) == list(newest.items())
    assert [window["status"] for window in windows] == ["provisional"] + ["final"] * 4


def test_a_grain_of_its_own_has_windows_of_its_own(client: TestClient, five_hours: ChartStore) -> None:
    body = client.get("/windows?region=GB&grain=day").json()
    assert [window["total_plays"] for window in body["windows"]] == [77]


def test_pages_follow_the_link_without_gap_or_overlap(client: TestClient, five_hours: ChartStore) -> None:
    address, seen = "/windows?region=GB&limit=2", []
    for _ in range(3):
        answer = client.get(address)
        seen += starts(answer.json())
        address = answer.links.get("next", {}).get("url", "")
    assert seen == ["12:00", "11:00", "10:00", "09:00", "08:00"]
    assert address == ""


def test_a_page_that_ends_with_the_oldest_has_no_next(client: TestClient, five_hours: ChartStore) -> None:
    assert "Link" not in client.get("/windows?region=GB&limit=5").headers


def test_a_window_that_is_not_computed_yet_is_not_listed(client: TestClient, five_hours: ChartStore) -> None:
    five_hours.count_window(NOON + timedelta(hours=1))
    assert starts(client.get("/windows?region=GB&limit=1").json()) == ["12:00"]


def test_a_region_without_windows_has_an_empty_list(client: TestClient, store: ChartStore) -> None:
    answer = client.get("/windows?region=IS")
    assert (answer.status_code, answer.json()) == (200, {"windows": []})


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("grain=week", "grain"),
        ("grain=hourly", "grain"),
        ("before=yesterday", "before"),
        ("before=2026-11-22T12:00:00", "before"),
        ("after=2026-11-22T12:00:00Z", "after"),
    ],
)
def test_a_refused_parameter_is_named(client: TestClient, query: str, parameter: str) -> None:
    answer = client.get(f"/windows?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == parameter
