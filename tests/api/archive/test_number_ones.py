"""A region's number ones over time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

NOON = utc("2026-11-22 12:00")


@pytest.fixture
def four_hours(store: ChartStore) -> ChartStore:
    """Number ones at 8, 9, 11 and 12, of which the last is open; beside them another region and grain."""
    store.open_from(NOON)
    store.complete_through(NOON + timedelta(minutes=30), NOON + timedelta(minutes=5))
    for hours in (4, 3, 1, 0):
        ranked = [song(1, title=f"Led {hours} h ago"), song(2)]
        store.rank_songs(NOON - timedelta(hours=hours), ranked)
    store.rank_songs(NOON, [song(1)], region="FR")
    store.rank_songs(utc("2026-11-21"), [song(1, title="Led the day")], grain="day")
    return store


def titles(client: TestClient, query: str = "", grain: str = "hourly") -> list[str]:
    """The titles of the number ones, newest first."""
    body = client.get(f"/charts/{grain}/number-ones?region=GB{query}").json()
    return [one["title"] for one in body["number_ones"]]


def test_number_ones_are_newest_first_and_gaps_are_gaps(client: TestClient, four_hours: ChartStore) -> None:
    body = client.get("/charts/hourly/number-ones?region=gb").json()
    assert (body["region"], body["grain"]) == ("GB", "hour")
    assert [one["window_start"][11:13] for one in body["number_ones"]] == ["12", "11", "09", "08"]
    assert body["number_ones"][0] == {
        "window_start": "2026-11-22T12:00:00Z",
        "song_id": "s2_0000000000000001",
        "title": "Led 0 h ago",
        "artist": "Artist 1",
        "plays": 999,
        "listeners": 499,
        "movement": "up",
        "streak": 4,
    }


def test_days_have_number_ones_of_their_own(client: TestClient, four_hours: ChartStore) -> None:
    assert titles(client, grain="daily") == ["Led the day"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&from=2026-11-22T11:00:00Z", ["Led 0 h ago", "Led 1 h ago"]),
        ("&to=2026-11-22T11:00:00Z", ["Led 3 h ago", "Led 4 h ago"]),
        ("&from=2026-11-22T09:00:00Z&to=2026-11-22T12:00:00Z", ["Led 1 h ago", "Led 3 h ago"]),
    ],
)
def test_from_is_included_and_to_is_not(
    client: TestClient, four_hours: ChartStore, query: str, expected: list[str]
) -> None:
    assert titles(client, query) == expected


def test_windows_that_are_not_computed_yet_are_left_out(client: TestClient, four_hours: ChartStore) -> None:
    four_hours.complete_through(NOON, utc("2026-11-22 11:00"))
    assert titles(client) == ["Led 3 h ago", "Led 4 h ago"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [("?region=XX", 404, "unknown_region"), ("?from=yesterday", 422, "invalid_parameter")],
)
def test_what_is_refused_is_a_problem(
    client: TestClient, store: ChartStore, query: str, status: int, code: str
) -> None:
    answer = client.get("/charts/hourly/number-ones" + query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
