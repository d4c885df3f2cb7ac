"""A song's appearances over time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

NOON = utc("2026-11-22 12:00")
SONG = "s2_0000000000000001"
ADDRESS = f"/songs/{SONG}/history?region=GB"


@pytest.fixture
def three_hours(store: ChartStore) -> ChartStore:
    """The song at 9, 3 and 1; beside it another song, region and grain."""
    store.complete_through(NOON + timedelta(minutes=30))
    for hours, rank in ((4, 9), (1, 3), (0, 1)):
        entry = song(rank, song_id=SONG, title=f"As written {hours} h ago", plays=hours)
        store.rank_songs(NOON - timedelta(hours=hours), [entry, song(50)])
    store.rank_songs(NOON, [song(7, song_id=SONG)], region="FR")
    store.rank_songs(utc("2026-11-22"), [song(8, song_id=SONG)], grain="day")
    return store


def ranks(client: TestClient, query: str = "") -> list[int]:
    """The song's ranks, oldest first."""
    return [one["rank"] for one in client.get(ADDRESS + query).json()["appearances"]]


def test_appearances_are_oldest_first_and_gaps_are_gaps(client: TestClient, three_hours: ChartStore) -> None:
    body = client.get(ADDRESS).json()
    assert (body["title"], body["artist"]) == ("As written 0 h ago", "Artist 1")
    assert [one["rank"] for one in body["appearances"]] == [9, 3, 1]
    assert body["appearances"][0] == {
        "window_start": "2026-11-22T08:00:00Z",
        "rank": 9,
        "movement": "up",
        "plays": 4,
        "listeners": 491,
    }


def test_a_day_has_a_history_of_its_own(client: TestClient, three_hours: ChartStore) -> None:
    assert ranks(client, "&grain=day") == [8]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&from=2026-11-22T11:00:00Z", [3, 1]),
        ("&to=2026-11-22T11:00:00Z", [9]),
        ("&from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z", [3]),
        ("&from=2027-01-01T00:00:00Z", []),
    ],
)
def test_from_is_included_and_to_is_not(
    client: TestClient, three_hours: ChartStore, query: str, expected: list[int]
) -> None:
    assert ranks(client, query) == expected


def test_windows_that_are_not_computed_yet_are_left_out(client: TestClient, three_hours: ChartStore) -> None:
    three_hours.complete_through(NOON)
    assert ranks(client) == [9, 3]


def test_a_song_that_never_charted_has_an_empty_history(client: TestClient, three_hours: ChartStore) -> None:
    body = client.get("/songs/s2_ffffffffffffffff/history").json()
    assert (body["appearances"], body["title"]) == ([], None)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/songs/nothing/history", "song_id"),
        ("/songs/s2_00000000000000%00/history", "song_id"),
        (f"{ADDRESS}&from=yesterday", "from"),
        (f"{ADDRESS}&since=2026-11-22T11:00:00Z", "since"),
    ],
)
def test_a_refused_parameter_is_named(client: TestClient, address: str, field: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
