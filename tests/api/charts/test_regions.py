"""Which regions exist, and which have charts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.charts.regions import resolve_region
from api.web.problems import ProblemError
from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [("GB", "GB"), ("gb", "GB"), ("gB", "GB"), ("global", "global"), ("Global", "global")],
)
def test_codes_are_taken_in_any_case(text: str, code: str) -> None:
    assert resolve_region(text) == code


@pytest.mark.parametrize(
    "text", ["", "UK", "XX", "GBR", "United Kingdom", "ß", "\uff27\uff22", "GB ", "\x00", "invalid"]
)
def test_what_is_no_code_is_an_unknown_region(text: str) -> None:
    with pytest.raises(ProblemError) as refused:
        resolve_region(text)
    assert (refused.value.status, refused.value.code) == (404, "unknown_region")


@pytest.mark.parametrize("path", ["/charts/hourly", "/charts/daily", "/windows"])
def test_every_route_refuses_an_unknown_region(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"region": "XX"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unknown_region"


def test_regions_with_charts_are_listed_global_first_then_by_name(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(hours=1))
    names = {
        "GB": "United Kingdom",
        "AE": "United Arab Emirates",
        "global": "Global",
        "FR": "France",
    }
    for region, name in names.items():
        store.insert("regions", {"region": region, "name": name})
    for region in ("GB", "AE", "global"):
        store.publish(HOUR, region=region)
    store.publish(HOUR - timedelta(days=2), region="GB")
    assert client.get("/regions").json() == {
        "regions": [
            {
                "region": "global",
                "name": "Global",
                "first_window": "2026-11-22T14:00:00Z",
                "last_window": "2026-11-22T14:00:00Z",
            },
            {
                "region": "AE",
                "name": "United Arab Emirates",
                "first_window": "2026-11-22T14:00:00Z",
                "last_window": "2026-11-22T14:00:00Z",
            },
            {
                "region": "GB",
                "name": "United Kingdom",
                "first_window": "2026-11-20T14:00:00Z",
                "last_window": "2026-11-22T14:00:00Z",
            },
        ]
    }


def test_names_stand_where_people_look_for_them(client: TestClient, store: ChartStore) -> None:
    names = ["Global", "Afghanistan", "Åland Islands", "Albania", "Curaçao", "Cyprus", "Türkiye", "Turkmenistan"]
    store.complete_through(HOUR + timedelta(hours=1))
    regions = ["global", *(f"X{number}" for number in range(len(names) - 1))]
    for region, name in zip(reversed(regions), reversed(names), strict=True):
        store.insert("regions", {"region": region, "name": name})
        store.publish(HOUR, region=region)
    assert [one["name"] for one in client.get("/regions").json()["regions"]] == names


def test_a_region_with_plays_in_the_future_alone_is_not_listed(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR)
    store.insert("regions", {"region": "GB", "name": "United Kingdom"})
    store.rank_songs(HOUR, [song(1)])
    assert client.get("/regions").json() == {"regions": []}


def test_a_new_system_lists_what_has_entries(client: TestClient, store: ChartStore) -> None:
    store.insert("regions", {"region": "GB", "name": "United Kingdom"})
    store.publish(HOUR)
    assert [one["region"] for one in client.get("/regions").json()["regions"]] == ["GB"]
