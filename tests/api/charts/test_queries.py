"""Which windows are computed, which is the newest, and when one is final."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
SETTLED = utc("2026-11-22 15:10")
SECOND = timedelta(seconds=1)


def chart(client: TestClient, address: str = ADDRESS) -> dict[str, object]:
    """The header of the chart at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    header: dict[str, object] = answer.json()["chart"]
    return header


def refusal(client: TestClient, address: str = ADDRESS) -> tuple[int, str]:
    """Status and code of a refused request."""
    answer = client.get(address)
    return answer.status_code, answer.json()["code"]


def test_a_window_without_plays_is_computed_and_empty(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + SECOND)
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.json()["entries"] == []
    header = answer.json()["chart"]
    assert (header["total_plays"], header["total_songs"], header["revision"]) == (0, 0, 1)
    assert header["complete_through"] == header["computed_at"] == "2026-11-22T14:00:01Z"


def test_a_window_never_counted_settles_ten_minutes_after_its_end(client: TestClient, store: ChartStore) -> None:
    store.complete_through(utc("2026-12-24"))
    header = chart(client)
    assert header["status"] == "final"
    assert header["complete_through"] == header["computed_at"] == "2026-11-22T15:10:00Z"


@pytest.mark.parametrize("region", ["IS", "global", "is", "GLOBAL"])
def test_any_region_has_a_chart_once_the_window_is_computed(client: TestClient, store: ChartStore, region: str) -> None:
    store.complete_through(HOUR + SECOND)
    assert client.get(f"/charts/hourly?region={region}&hour=2026-11-22T14:00:00Z").status_code == 200


@pytest.mark.parametrize("progress", [HOUR, HOUR - SECOND])
def test_a_window_that_starts_later_is_not_computed(client: TestClient, store: ChartStore, progress: datetime) -> None:
    store.complete_through(progress)
    store.publish(HOUR)
    assert refusal(client) == (404, "not_computed")


def test_a_new_system_serves_what_has_entries_and_nothing_else(client: TestClient, store: ChartStore) -> None:
    store.complete_through(None)
    store.publish(HOUR)
    store.count_window(HOUR - timedelta(hours=1), total_plays=0, total_songs=0)
    header = chart(client)
    assert (header["complete_through"], header["status"]) == (None, "provisional")
    assert refusal(client, "/charts/hourly?region=GB&hour=2026-11-22T13:00:00Z") == (
        404,
        "not_computed",
    )


def test_without_progress_at_all_nothing_is_computed(client: TestClient, store: ChartStore) -> None:
    assert refusal(client) == (404, "not_computed")
    assert refusal(client, "/charts/hourly") == (404, "not_computed")


def test_without_a_window_the_newest_with_entries_is_served(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(hours=5))
    store.publish(HOUR - timedelta(hours=3))
    store.publish(HOUR)
    store.count_window(HOUR + timedelta(hours=1), total_plays=0, total_songs=0)
    store.publish(HOUR + timedelta(hours=2), region="FR")
    assert chart(client, "/charts/hourly?region=GB")["window_start"] == "2026-11-22T14:00:00Z"


def test_without_a_window_the_future_is_not_served(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + SECOND)
    store.publish(HOUR)
    store.publish(HOUR + timedelta(hours=1))
    assert chart(client, "/charts/hourly?region=GB")["window_start"] == "2026-11-22T14:00:00Z"


def test_without_a_window_a_region_without_entries_is_not_computed(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + SECOND)
    store.publish(HOUR)
    assert refusal(client, "/charts/hourly?region=FR") == (404, "not_computed")
    assert refusal(client, "/charts/daily?region=GB") == (404, "not_computed")


@pytest.mark.parametrize(
    ("changed_at", "progress", "status", "shown"),
    [
        (HOUR, SETTLED - SECOND, "provisional", SETTLED - SECOND),
        (HOUR, SETTLED, "final", SETTLED),
        (HOUR, SETTLED + timedelta(days=9), "final", SETTLED),
        (SETTLED, SETTLED + timedelta(minutes=9), "provisional", SETTLED + timedelta(minutes=9)),
        (SETTLED, SETTLED + timedelta(minutes=10), "final", SETTLED + timedelta(minutes=10)),
    ],
)
def test_a_chart_is_final_once_its_window_and_its_last_change_are_ten_minutes_old(
    client: TestClient,
    store: ChartStore,
    changed_at: datetime,
    progress: datetime,
    status: str,
    shown: datetime,
) -> None:
    store.complete_through(progress)
    store.count_window(HOUR, changed_at=changed_at)
    store.rank_songs(HOUR, [song(1)])
    header = chart(client)
    assert header["status"] == status
    assert header["complete_through"] == shown.isoformat().replace("+00:00", "Z")
    windows = client.get("/windows?region=GB").json()["windows"]
    assert [window["status"] for window in windows] == [status]


def test_a_restated_chart_stays_final_while_it_settles_again(client: TestClient, store: ChartStore) -> None:
    store.complete_through(SETTLED + timedelta(minutes=1))
    store.count_window(HOUR, changed_at=SETTLED, revision=2)
    store.rank_songs(HOUR, [song(1, revision=2)])
    header = chart(client)
    assert (header["status"], header["revision"]) == ("final", 2)
    assert header["complete_through"] == "2026-11-22T15:11:00Z"


def test_a_window_changed_infinitely_long_ago_counts_as_never_changed(client: TestClient, store: ChartStore) -> None:
    store.complete_through(SETTLED)
    store.count_window(HOUR, changed_at="-infinity", total_plays=0, total_songs=0)
    assert chart(client)["status"] == "final"


@pytest.mark.parametrize("hour", ["9999-12-31T23:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T01:00:00Z"])
def test_the_ends_of_time_are_answered(client: TestClient, store: ChartStore, hour: str) -> None:
    store.complete_through(HOUR)
    assert client.get(f"/charts/hourly?hour={hour}").status_code in {200, 404}
    assert client.get(f"/charts/daily?date={hour[:10]}").status_code in {200, 404}
    assert client.get(f"/windows?before={hour}").status_code == 200
