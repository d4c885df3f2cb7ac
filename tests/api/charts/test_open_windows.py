"""Open windows are served from the stream's counts, settled ones from the lake's, each with its own progress."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

OPEN = utc("2026-11-22 14:00")
SETTLED = utc("2026-11-22 13:00")
LIVE_THROUGH = utc("2026-11-22 14:32")
SETTLED_THROUGH = utc("2026-11-22 14:15")
SONG = "s2_ffffffffffffffff"


def at(hour: int, **more: str) -> str:
    """The address of an hour's chart."""
    parameters = {"region": "GB", "hour": f"2026-11-22T{hour}:00:00Z", **more}
    return "/charts/hourly?" + "&".join(f"{name}={value}" for name, value in parameters.items())


def header(client: TestClient, address: str) -> dict[str, Any]:
    """The header of a chart."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    chart: dict[str, Any] = answer.json()["chart"]
    return chart


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """An open hour and the settled one before it."""
    store.open_from(OPEN)
    store.complete_through(LIVE_THROUGH, SETTLED_THROUGH)
    store.publish(SETTLED)
    store.publish(OPEN)
    return store


def test_each_window_tells_how_far_its_own_counts_are_complete(client: TestClient, charts: ChartStore) -> None:
    opened, settled = header(client, at(14)), header(client, at(13))
    assert (opened["status"], opened["complete_through"]) == ("provisional", "2026-11-22T14:32:00Z")
    assert (settled["status"], settled["complete_through"]) == ("final", "2026-11-22T14:10:00Z")
    charts.complete_through(LIVE_THROUGH, utc("2026-11-22 14:05"))
    settled = header(client, at(13))
    assert (settled["status"], settled["complete_through"]) == ("provisional", "2026-11-22T14:05:00Z")


def test_an_open_window_is_never_final_however_long_ago_it_ended(client: TestClient, charts: ChartStore) -> None:
    charts.complete_through(utc("2026-11-24"), utc("2026-11-24"))
    charts.change("chart_windows", "revision = 3")
    opened = header(client, at(14))
    assert (opened["status"], opened["revision"], opened["complete_through"]) == (
        "provisional", 3, "2026-11-24T00:00:00Z",
    )  # fmt: skip
    assert client.get(at(14)).headers["Cache-Control"] == "max-age=1"
    assert client.get(at(13)).headers["Cache-Control"] == "max-age=60"


def test_an_empty_open_window_is_computed_as_far_as_the_stream_is(client: TestClient, charts: ChartStore) -> None:
    charts.complete_through(utc("2026-11-22 15:00:01"), SETTLED_THROUGH)
    assert header(client, at(15))["complete_through"] == "2026-11-22T15:00:01Z"
    assert client.get(at(16)).status_code == 404


@pytest.mark.parametrize(("open_from", "newest"), [(OPEN, "14"), (utc("2026-11-22 15:00"), "14"), (SETTLED, "14")])
def test_the_newest_window_is_open_or_settled(
    client: TestClient, store: ChartStore, open_from: Any, newest: str
) -> None:
    store.open_from(open_from)
    store.complete_through(LIVE_THROUGH, SETTLED_THROUGH)
    store.publish(SETTLED)
    store.publish(OPEN)
    assert header(client, "/charts/hourly?region=GB")["window_start"] == f"2026-11-22T{newest}:00:00Z"


def test_windows_are_listed_across_the_seam(client: TestClient, charts: ChartStore) -> None:
    listed = client.get("/windows?region=GB&limit=1")
    assert [window["window_start"] for window in listed.json()["windows"]] == ["2026-11-22T14:00:00Z"]
    assert 'rel="next"' in listed.headers["Link"]
    windows = client.get("/windows?region=GB").json()["windows"]
    assert [(one["window_start"][11:13], one["status"]) for one in windows] == [("14", "provisional"), ("13", "final")]
    older = client.get("/windows?region=GB&before=2026-11-22T14:00:00Z").json()["windows"]
    assert [one["window_start"][11:13] for one in older] == ["13"]


def test_regions_reach_into_open_hours(client: TestClient, charts: ChartStore) -> None:
    for code, name in (("GB", "United Kingdom"), ("FR", "France"), ("DE", "Germany")):
        charts.insert("regions", {"region": code, "name": name})
    charts.publish(OPEN, region="FR")
    charts.publish(SETTLED, region="DE")
    spans = {
        one["region"]: (one["first_window"][11:13], one["last_window"][11:13])
        for one in client.get("/regions").json()["regions"]
    }
    assert spans == {"GB": ("13", "14"), "FR": ("14", "14"), "DE": ("13", "13")}


def test_a_history_reaches_into_open_windows_as_far_as_the_stream_is(client: TestClient, charts: ChartStore) -> None:
    address = f"/songs/{song(1)['song_id']}/history?region=GB"
    hours = [one["window_start"][11:13] for one in client.get(address).json()["appearances"]]
    assert hours == ["13", "14"]
    charts.complete_through(OPEN, SETTLED_THROUGH)
    hours = [one["window_start"][11:13] for one in client.get(address).json()["appearances"]]
    assert hours == ["13"]


def test_an_open_window_is_explained_by_the_stream_s_counts(client: TestClient, charts: ChartStore) -> None:
    charts.count_song(OPEN, SONG, plays=7, raw_plays=8, too_short=1)
    charts.insert("pending_windows", {"grain": "hour", "region": "GB", "window_start": OPEN, "waits_for": "rank"})
    address = f"/charts/hourly/explain?region=GB&window_start=2026-11-22T14:00:00Z&song_id={SONG}"
    body = client.get(address).json()
    assert (body["counts"]["plays"], body["counts"]["too_short"], body["is_charted"]) == (7, 1, True)
    assert [hour["plays"] for hour in body["hours"]] == [7]


def test_an_open_window_has_one_revision_that_is_not_settled(client: TestClient, charts: ChartStore) -> None:
    charts.complete_through(utc("2026-11-24"), utc("2026-11-24"))
    for start, settled in (("14", False), ("13", True)):
        address = f"/charts/hourly/revisions?region=GB&window_start=2026-11-22T{start}:00:00Z"
        (revision,) = client.get(address).json()["revisions"]
        assert (revision["revision"], revision["settled"]) == (1, settled)
