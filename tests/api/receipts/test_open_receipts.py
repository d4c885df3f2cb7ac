"""Receipts of plays whose windows are open: what the stream has counted, and what only the lake can say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.chart_store import ChartStore
from tests.api.play_lake import PlayLake
from tests.api.receipts.test_routes import ADDRESS, HOUR, fates, receipts


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """Open charts: the stream has counted partition 1 up to offset 5, before the hour was frozen up to 3."""
    store.open_from(HOUR)
    store.complete_through(HOUR + timedelta(minutes=30), HOUR)
    for grain, counted_from, next_offset in (
        ("hour", HOUR + timedelta(hours=1), 3), ("hour", "infinity", 5), ("day", "infinity", 5),
    ):  # fmt: skip
        row = {"grain": grain, "counted_from": counted_from, "partition": 1, "next_offset": next_offset}
        store.insert("live_offsets", row)
    return store


@pytest.fixture
def client(lake_settings: Settings, charts: ChartStore) -> Iterator[TestClient]:
    """A client of an api with a lake."""
    with TestClient(create_app(lake_settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("offset", "grains"), [(2, ["hour", "hour", "day", "day"]), (3, ["day", "day"]), (4, ["day", "day"]), (5, [])]
)
def test_a_play_counts_in_the_open_windows_that_the_stream_has_counted_it_into(
    client: TestClient, lake: PlayLake, charts: ChartStore, offset: int, grains: list[str]
) -> None:
    # What waits for the lake says nothing of open windows.
    charts.insert("pending_windows", {"grain": "hour", "region": "GB", "window_start": HOUR, "waits_for": "count"})
    lake.receive(lake.play("p1", offset=offset))
    (receipt,) = receipts(client)
    assert [chart["grain"] for chart in receipt["charts"]] == grains
    assert (receipt["counted"], receipt["reason"]) == ((True, None) if grains else (False, "not_yet"))


@pytest.mark.parametrize(("offset", "reason"), [(4, "not_judged"), (5, "not_yet")])
def test_of_a_play_that_only_the_stream_has_seen_it_is_not_known_whether_it_counts(
    client: TestClient, lake: PlayLake, offset: int, reason: str
) -> None:
    lake.store(lake.play("p1", offset=offset))
    assert fates(client) == [(False, reason)]


def test_a_play_that_the_lake_may_not_have_stored_yet_is_not_denied(client: TestClient, charts: ChartStore) -> None:
    charts.complete_through(HOUR + timedelta(hours=2), HOUR + timedelta(hours=1))
    body = client.get(ADDRESS.format("p1")).json()
    assert (body["plays"], body["complete_through"]) == ([], "2026-11-22T15:00:00Z")
