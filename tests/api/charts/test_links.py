"""Links from a chart to the windows beside it."""

from __future__ import annotations

from datetime import timedelta

from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, utc

HOUR = utc("2026-11-22 14:00")


def links(client: TestClient, address: str) -> dict[str, str]:
    """Addresses by relation."""
    answer = client.get(address)
    assert answer.status_code == 200
    return {str(relation): str(link["url"]) for relation, link in answer.links.items()}


def test_an_open_hour_links_to_the_one_before(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(minutes=5))
    found = links(client, "/charts/hourly?region=GB&limit=10&hour=2026-11-22T14:00:00Z")
    assert set(found) == {"prev"}
    previous = client.get(found["prev"]).json()["chart"]
    assert (previous["region"], previous["window_start"]) == ("GB", "2026-11-22T13:00:00Z")
    assert "limit=10" in found["prev"]


def test_next_appears_once_the_next_window_is_computed(client: TestClient, store: ChartStore) -> None:
    address = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
    store.complete_through(HOUR + timedelta(hours=1))
    assert "next" not in links(client, address)
    store.complete_through(HOUR + timedelta(hours=1, microseconds=1))
    following = client.get(links(client, address)["next"]).json()["chart"]
    assert following["window_start"] == "2026-11-22T15:00:00Z"


def test_the_newest_chart_links_to_named_windows(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(minutes=5))
    store.publish(HOUR)
    found = links(client, "/charts/hourly?region=GB")
    assert found["prev"] == "/charts/hourly?region=GB&hour=2026-11-22T13%3A00%3A00Z"


def test_a_day_links_over_the_end_of_a_month(client: TestClient, store: ChartStore) -> None:
    store.complete_through(utc("2028-03-02 08:00"))
    found = links(client, "/charts/daily?date=2028-03-01")
    assert found["prev"] == "/charts/daily?date=2028-02-29"
    assert found["next"] == "/charts/daily?date=2028-03-02"


def test_a_named_revision_does_not_follow_to_other_windows(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(minutes=5))
    found = links(client, "/charts/hourly?revision=1&hour=2026-11-22T14:00:00Z")
    assert "revision" not in found["prev"]


def test_the_first_hour_of_all_has_nothing_before_it(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR)
    assert set(links(client, "/charts/hourly?hour=0001-01-01T00:00:00Z")) == {"next"}
