"""What caches are told: entity tags, 304, max-age."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, utc

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"

WINDOW_CHANGES = [
    "revision = 2",
    "total_plays = total_plays + 1",
    "total_songs = total_songs + 1",
    "computed_at = computed_at + interval '1 microsecond'",
]
ENTRY_CHANGES = [
    "previous_rank = null",
    "movement = 'down'",
    "peak_rank = peak_rank + 1",
    "peak_at = peak_at - interval '1 hour'",
    "windows_on_chart = windows_on_chart + 1",
    "streak = streak + 1",
    "plays = plays + 1",
    "raw_plays = raw_plays + 1",
    "listeners = listeners + 1",
    "song_id = song_id || 'x'",
    "title = title || 'x'",
    "artist = artist || 'x'",
    "rank = rank + 2",
]


@pytest.fixture
def chart(store: ChartStore) -> ChartStore:
    """One open chart."""
    store.complete_through(HOUR + timedelta(minutes=32))
    store.publish(HOUR)
    return store


@pytest.mark.parametrize(
    ("table", "change"),
    [("chart_windows", change) for change in WINDOW_CHANGES]
    + [("top_songs_hourly", change) for change in ENTRY_CHANGES]
    + [("chart_progress", "settled_through = settled_through + interval '1 second'")],
)
def test_the_tag_changes_with_every_field_of_the_body(
    client: TestClient, chart: ChartStore, table: str, change: str
) -> None:
    before = client.get(ADDRESS)
    chart.change(table, change)
    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.content != before.content


def test_the_tag_is_strong_and_stays_while_nothing_changes(client: TestClient, chart: ChartStore) -> None:
    tags = {client.get(ADDRESS).headers["ETag"] for _ in range(3)}
    assert len(tags) == 1
    assert tags.pop().startswith('"')


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("path", [ADDRESS, "/regions", "/windows?region=GB"])
def test_a_client_that_holds_the_answer_gets_304_without_a_body(
    client: TestClient, chart: ChartStore, path: str, known: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": known.format(first.headers["ETag"])})
    assert (again.status_code, again.content) == (304, b"")
    for header in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[header] == first.headers[header]


def test_csv_and_json_have_tags_of_their_own(client: TestClient, chart: ChartStore) -> None:
    csv = client.get(ADDRESS, headers={"Accept": "text/csv"})
    assert csv.headers["ETag"] != client.get(ADDRESS).headers["ETag"]
    assert csv.headers["Vary"] == "Accept"


def test_an_open_chart_may_be_kept_for_seconds_and_a_final_one_for_a_minute(
    client: TestClient, chart: ChartStore
) -> None:
    assert client.get(ADDRESS).headers["Cache-Control"] == "max-age=1"
    chart.complete_through(HOUR + timedelta(hours=2))
    assert client.get(ADDRESS).headers["Cache-Control"] == "max-age=60"


def test_the_newest_chart_is_kept_for_seconds_even_when_final(client: TestClient, chart: ChartStore) -> None:
    chart.complete_through(HOUR + timedelta(hours=2))
    answer = client.get("/charts/hourly?region=GB")
    assert answer.json()["chart"]["status"] == "final"
    assert answer.headers["Cache-Control"] == "max-age=1"


def test_a_problem_is_never_kept(client: TestClient, chart: ChartStore) -> None:
    assert client.get("/charts/hourly?region=XX").headers["Cache-Control"] == "no-store"
