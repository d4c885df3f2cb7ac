"""A chart with the ranks of its songs over the last windows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

NOON = utc("2026-11-22 12:00")
ADDRESS = "/charts/hourly?region=GB"


@pytest.fixture
def paths(store: ChartStore) -> ChartStore:
    """Song 1 at 9, gone, 3, 1; song 2 only now; the last hour is open."""
    store.open_from(NOON)
    store.complete_through(NOON + timedelta(minutes=30), NOON + timedelta(minutes=5))
    for hours, rank in ((3, 9), (1, 3)):
        store.rank_songs(NOON - timedelta(hours=hours), [song(rank, song_id="s2_0000000000000001"), song(50)])
    store.rank_songs(NOON - timedelta(hours=1), [song(4, song_id="s2_0000000000000001")], region="FR")
    store.publish(NOON)
    return store


def history(client: TestClient, query: str) -> Any:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200, answer.text
    return answer.json()["history"]


def test_paths_stand_in_the_order_of_the_entries_oldest_rank_first(client: TestClient, paths: ChartStore) -> None:
    assert history(client, "&history=4") == [[9, None, 3, 1], [None, None, None, 2]]


def test_a_path_is_as_long_as_it_was_asked_to_be(client: TestClient, paths: ChartStore) -> None:
    assert history(client, "&history=2&limit=1") == [[3, 1]]
    assert history(client, "&history=1") == [[1], [2]]


def test_it_is_of_the_windows_up_to_the_one_shown(client: TestClient, paths: ChartStore) -> None:
    paths.count_window(NOON - timedelta(hours=1))
    assert history(client, "&history=3&hour=2026-11-22T11:00:00Z")[0] == [9, None, 3]


def test_without_it_a_chart_has_none(client: TestClient, paths: ChartStore) -> None:
    assert history(client, "") is None


def test_an_empty_chart_has_an_empty_one(client: TestClient, paths: ChartStore) -> None:
    assert history(client, "&history=4&hour=2026-11-22T10:00:00Z") == []


def test_a_former_revision_has_none(client: TestClient, paths: ChartStore) -> None:
    start = NOON - timedelta(hours=1)
    paths.count_window(start, revision=2)
    paths.keep_former(start, 1, [song(1)])
    assert history(client, "&history=4&hour=2026-11-22T11:00:00Z&revision=1") is None


@pytest.mark.parametrize("windows", ["0", "49", "all"])
def test_its_length_has_bounds(client: TestClient, store: ChartStore, windows: str) -> None:
    answer = client.get(f"{ADDRESS}&history={windows}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "history")
