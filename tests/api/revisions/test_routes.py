"""Restated charts: the former revisions, and how each differs from the one before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
CHART = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
REVISIONS = "/charts/hourly/revisions?region=GB&window_start=2026-11-22T14:00:00Z"
RESTATED = HOUR + timedelta(hours=2)


@pytest.fixture
def restated(store: ChartStore) -> ChartStore:
    """A chart of songs 1 and 2 that became one of songs 2 and 3, by two late plays; others stand beside it."""
    store.complete_through(HOUR + timedelta(days=1))
    store.keep_former(HOUR - timedelta(hours=1), 1, [song(7)])
    store.keep_former(HOUR, 1, [song(8)], region="FR")
    store.keep_former(HOUR, 1, [song(9)], grain="day")
    store.keep_former(HOUR, 1, [song(1, plays=9, listeners=4), song(2, plays=8, listeners=3)], total_plays=17)
    store.count_window(HOUR, revision=2, total_plays=19, changed_at=RESTATED, computed_at=RESTATED)
    now = [{**song(2, plays=10, listeners=3), "rank": 1}, {**song(3, plays=9, listeners=5), "rank": 2}]
    store.rank_songs(HOUR, [{**one, "revision": 2} for one in now])
    store.sum_counts(HOUR, raw_plays=2, late=2)
    store.tell_cause(HOUR, 2, "late_plays")
    return store


def revisions(client: TestClient, address: str = REVISIONS) -> list[dict[str, Any]]:
    """The revisions of a chart, newest first."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["revisions"]
    return listed


def test_the_former_revision_stays_readable(client: TestClient, restated: ChartStore) -> None:
    body = client.get(f"{CHART}&revision=1").json()
    assert [(one["rank"], one["song_id"][-1], one["plays"]) for one in body["entries"]] == [(1, "1", 9), (2, "2", 8)]
    chart = body["chart"]
    assert (chart["revision"], chart["status"], chart["total_plays"], chart["total_songs"]) == (1, "final", 17, 2)
    assert chart["computed_at"] == "2026-11-22T14:31:00Z"
    assert chart["complete_through"] == "2026-11-22T15:10:00Z"
    assert list(body["chart"]) == list(client.get(CHART).json()["chart"])
    assert list(body["entries"][0]) == list(client.get(CHART).json()["entries"][0])


def test_the_current_revision_is_shown_unless_another_is_asked_for(client: TestClient, restated: ChartStore) -> None:
    assert client.get(CHART).content == client.get(f"{CHART}&revision=2").content
    assert [one["song_id"][-1] for one in client.get(CHART).json()["entries"]] == ["2", "3"]


def test_a_former_revision_is_limited_and_comes_as_csv(client: TestClient, restated: ChartStore) -> None:
    assert len(client.get(f"{CHART}&revision=1&limit=1").json()["entries"]) == 1
    lines = client.get(f"{CHART}&revision=1", headers={"Accept": "text/csv"}).text.splitlines()
    assert (len(lines), "s2_0000000000000001" in lines[1]) == (3, True)


@pytest.mark.parametrize("revision", [3, 2_147_483_647])
def test_a_revision_that_never_was_is_refused(client: TestClient, restated: ChartStore, revision: int) -> None:
    answer = client.get(f"{CHART}&revision={revision}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_revision")


def test_revisions_are_kept_apart_by_window_region_and_grain(client: TestClient, restated: ChartStore) -> None:
    former, listed = client.get(f"{CHART}&revision=1").content, client.get(REVISIONS).content
    restated.keep_former(HOUR, 3, [song(9)], region="FR")
    assert (client.get(f"{CHART}&revision=1").content, client.get(REVISIONS).content) == (former, listed)
    for address in (
        "/charts/hourly?region=FR&hour=2026-11-22T14:00:00Z&revision=2",
        "/charts/hourly?region=GB&hour=2026-11-22T13:00:00Z&revision=2",
        "/charts/daily?region=GB&date=2026-11-22&revision=2",
    ):
        assert client.get(address).status_code == 404, address


def test_a_day_has_its_revisions_too(client: TestClient, store: ChartStore) -> None:
    day = utc("2026-11-20")
    store.complete_through(HOUR)
    store.keep_former(day, 1, [song(1)], grain="day", region="global")
    store.count_window(day, grain="day", region="global", revision=2)
    store.rank_songs(day, [song(1, plays=1000, revision=2)], grain="day", region="global")
    assert client.get("/charts/daily?date=2026-11-20&revision=1").json()["entries"][0]["plays"] == 999
    listed = revisions(client, "/charts/daily/revisions?window_start=2026-11-20T00:00:00Z")
    assert [(one["revision"], bool(one["moved"])) for one in listed] == [(2, True), (1, False)]


def test_each_revision_tells_when_why_and_who_moved(client: TestClient, restated: ChartStore) -> None:
    second, first = revisions(client)
    assert (second["revision"], second["opened_at"], second["settled"]) == (2, "2026-11-22T16:00:00Z", True)
    assert second["causes"] == ["late_plays"]
    assert (second["total_plays"], second["raw_plays"], second["late"]) == (19, 2, 2)
    moved = [(one["song_id"][-1], one["before"], one["after"]) for one in second["moved"]]
    assert moved == [
        ("2", {"rank": 2, "plays": 8, "listeners": 3}, {"rank": 1, "plays": 10, "listeners": 3}),
        ("3", None, {"rank": 2, "plays": 9, "listeners": 5}),
        ("1", {"rank": 1, "plays": 9, "listeners": 4}, None),
    ]
    assert (first["revision"], first["opened_at"], first["causes"], first["moved"]) == (1, None, [], None)


def test_a_song_that_stays_as_it_was_has_not_moved(client: TestClient, restated: ChartStore) -> None:
    restated.keep_former(HOUR, 0, [song(1, plays=9, listeners=4, title="Old", streak=9)])
    *_, first, _ = revisions(client)
    assert [one["song_id"][-1] for one in first["moved"]] == ["2"]


def test_a_revision_that_may_still_be_amended_says_so(client: TestClient, restated: ChartStore) -> None:
    restated.complete_through(RESTATED + timedelta(minutes=9, seconds=59))
    assert [one["settled"] for one in revisions(client)] == [False, True]


def test_a_chart_that_was_never_counted_was_revision_1_and_empty(client: TestClient, store: ChartStore) -> None:
    store.complete_through(HOUR + timedelta(days=1))
    (only,) = revisions(client)
    assert (only["revision"], only["total_plays"], only["changed_at"], only["moved"]) == (1, 0, None, None)
    store.keep_former(HOUR, 1, [], total_plays=0, changed_at=None, computed_at=None)
    store.count_window(HOUR, revision=2)
    empty = client.get(f"{CHART}&revision=1").json()
    assert (empty["entries"], empty["chart"]["computed_at"]) == ([], "2026-11-22T15:10:00Z")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/charts/hourly/revisions?window_start=2026-11-23T14:00:01Z", 422, "invalid_parameter"),
        ("/charts/daily/revisions?window_start=2026-11-22T14:00:00Z", 422, "invalid_parameter"),
        ("/charts/daily/revisions?window_start=2026-11-22T00:00:00%2B02:00", 422, "invalid_parameter"),
        ("/charts/weekly/revisions?window_start=2026-11-22T00:00:00Z", 422, "invalid_parameter"),
        ("/charts/hourly/revisions", 422, "invalid_parameter"),
        ("/charts/hourly/revisions?window_start=2027-11-22T14:00:00Z", 404, "not_computed"),
        ("/charts/hourly/revisions?window_start=2026-11-22T14:00:00Z&region=XX", 404, "unknown_region"),
    ],
)
def test_a_window_that_cannot_be_is_refused(
    client: TestClient, restated: ChartStore, address: str, status: int, code: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_causes_are_told_as_they_were_written_down_each_with_its_revision(
    client: TestClient, restated: ChartStore
) -> None:
    restated.keep_former(HOUR, 2, [song(2)])
    restated.change("chart_windows", "revision = 3")
    restated.tell_cause(HOUR, 2, "redrive")
    restated.tell_cause(HOUR, 3, "rebuild")
    restated.tell_cause(HOUR, 3, "withdrawn")
    assert [one["causes"] for one in revisions(client)] == [["rebuild", "withdrawn"], ["late_plays", "redrive"], []]


def test_causes_are_kept_apart_by_window_region_and_grain(client: TestClient, restated: ChartStore) -> None:
    restated.tell_cause(HOUR - timedelta(hours=1), 2, "rebuild")
    restated.tell_cause(HOUR, 2, "rebuild", region="FR")
    restated.tell_cause(HOUR, 2, "rebuild", grain="day")
    assert revisions(client)[0]["causes"] == ["late_plays"]


def test_a_withdrawn_revision_says_only_that_it_was_withdrawn(client: TestClient, restated: ChartStore) -> None:
    restated.change("former_windows", "withdrawn = true")
    assert [(one["revision"], one["moved"]) for one in revisions(client)] == [(2, None)]
    answer = client.get(f"/charts/hourly?region=GB&hour={HOUR:%Y-%m-%dT%H:00:00Z}&revision=1")
    assert answer.status_code == 410
    assert answer.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "code": "withdrawn",
        "detail": "Revision 1 of this chart was withdrawn; the current one is 2.",
    }
