"""What the chart of an hour or a day says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from api.charts.models import ChartWithEntries
from api.charts.routes import CHART_SIZE, MINIMUM_MS_PLAYED, PLAYS_PER_LISTENER_SONG_HOUR
from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
LATER = utc("2026-11-22 14:32:07")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"

EXPECTED_CHART = {
    "grain": "hour",
    "region": "GB",
    "window_start": "2026-11-22T14:00:00Z",
    "window_end": "2026-11-22T15:00:00Z",
    "status": "provisional",
    "revision": 1,
    "computed_at": "2026-11-22T14:31:00Z",
    "complete_through": "2026-11-22T14:32:07Z",
    "total_plays": 1997,
    "total_songs": 2,
    "withheld": False,
    "rules": {
        "minimum_ms_played": 30000,
        "plays_per_listener_song_hour": 10,
        "chart_size": 100,
        "minimum_listeners": 1,
    },
}
EXPECTED_ENTRY = {
    "rank": 1,
    "previous_rank": 3,
    "movement": "up",
    "peak_rank": 1,
    "peak_at": "2026-11-22T09:00:00Z",
    "windows_on_chart": 8,
    "streak": 4,
    "plays": 999,
    "raw_plays": 1999,
    "listeners": 499,
    "song_id": "s2_0000000000000001",
    "title": "Title 1",
    "artist": "Artist 1",
}


def test_a_chart_has_every_field_of_the_design_in_its_order(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.publish(HOUR)
    body = client.get(ADDRESS).json()
    assert list(body) == ["chart", "entries", "history"]
    assert list(body["chart"].items()) == list(EXPECTED_CHART.items())
    assert list(body["entries"][0].items()) == list(EXPECTED_ENTRY.items())
    assert [entry["rank"] for entry in body["entries"]] == [1, 2]


def test_a_day_has_the_same_shape(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.publish(utc("2026-11-22"), grain="day")
    body = client.get("/charts/daily?region=GB&date=2026-11-22").json()
    assert body["chart"]["grain"] == "day"
    assert body["chart"]["window_end"] == "2026-11-23T00:00:00Z"
    assert list(body["entries"][0]) == list(EXPECTED_ENTRY)


def test_the_rules_told_are_the_constants(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    rules = client.get(ADDRESS).json()["chart"]["rules"]
    told = (rules["minimum_ms_played"], rules["plays_per_listener_song_hour"], rules["chart_size"])
    assert told == (MINIMUM_MS_PLAYED, PLAYS_PER_LISTENER_SONG_HOUR, CHART_SIZE)


def test_a_new_entry_has_no_previous_rank(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.count_window(HOUR)
    store.rank_songs(HOUR, [song(1, previous_rank=None, movement="new")])
    entry = client.get(ADDRESS).json()["entries"][0]
    assert entry["previous_rank"] is None
    assert entry["movement"] == "new"


def test_entries_are_limited_and_ordered_by_rank(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.count_window(HOUR)
    store.rank_songs(HOUR, [song(rank) for rank in (3, 11, 1, 2, 10)])
    body = client.get(f"{ADDRESS}&limit=10").json()
    assert [entry["rank"] for entry in body["entries"]] == [1, 2, 3, 10]
    assert body["chart"]["total_songs"] == 2


def test_the_region_is_global_when_left_out(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.publish(HOUR, region="global")
    store.publish(HOUR, 3, region="GB")
    body = client.get("/charts/hourly?hour=2026-11-22T14:00:00Z").json()
    assert body["chart"]["region"] == "global"
    assert len(body["entries"]) == 2


def test_a_zone_other_than_utc_names_the_same_hour(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.publish(HOUR)
    answer = client.get("/charts/hourly?region=GB&hour=2026-11-22T15:00:00%2B01:00")
    assert answer.content == client.get(ADDRESS).content


def test_the_current_revision_can_be_named(client: TestClient, store: ChartStore) -> None:
    store.complete_through(LATER)
    store.count_window(HOUR, revision=2)
    store.rank_songs(HOUR, [song(1, revision=2)])
    assert client.get(f"{ADDRESS}&revision=2").content == client.get(ADDRESS).content
    refused = client.get(f"{ADDRESS}&revision=1")
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_revision")


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("hour=2026-11-22T14:30:00Z", "hour", "not_on_the_hour"),
        ("hour=2026-11-22T14:00:00.5Z", "hour", "not_on_the_hour"),
        ("hour=2026-11-22T14:00:00%2B05:30", "hour", "not_on_the_hour"),
        ("hour=2026-11-22T14:00:00", "hour", "not_rfc_3339"),
        ("hour=2026-11-22", "hour", "not_rfc_3339"),
        ("hour=1763820000", "hour", "not_rfc_3339"),
        ("hour=0001-01-01T00:00:00%2B01:00", "hour", "not_rfc_3339"),
        ("hour=2026-02-30T00:00:00Z", "hour", "datetime_from_date_parsing"),
        ("hour=", "hour", "not_rfc_3339"),
        ("limit=0", "limit", "greater_than_equal"),
        ("limit=101", "limit", "less_than_equal"),
        ("limit=ten", "limit", "int_parsing"),
        ("revision=0", "revision", "greater_than_equal"),
        ("date=2026-11-22", "date", "unknown_parameter"),
    ],
)
def test_a_refused_parameter_is_named(client: TestClient, query: str, parameter: str, code: str) -> None:
    answer = client.get(f"/charts/hourly?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid_parameter"
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(parameter, code)]


@pytest.mark.parametrize("day", ["2026-11-22T00:00:00Z", "20261122", "1763769600", "2026-W47-7", ""])
def test_a_day_must_be_written_as_a_date(client: TestClient, day: str) -> None:
    answer = client.get(f"/charts/daily?date={day}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "date"


HOSTILE = ('"\\/\b\f\n\r\t', "\x01\x1f\x7f\x85", "\u2028\u2029 </script>", "𝕊𝕠𝕟𝕘 é ＝", "'; drop table", "null")


@pytest.mark.parametrize("revision", ["", "&revision=1"])
def test_what_postgres_writes_is_byte_for_byte_what_the_model_would_write(
    client: TestClient, store: ChartStore, revision: str
) -> None:
    store.complete_through(HOUR + timedelta(days=1))
    entries = [song(rank, title=title, artist=title[::-1]) for rank, title in enumerate(HOSTILE, start=1)]
    entries.append(song(len(HOSTILE) + 1, previous_rank=None, movement="new"))
    store.count_window(HOUR, revision=2)
    store.rank_songs(HOUR, entries)
    store.keep_former(HOUR, 1, entries)
    content = client.get(ADDRESS + revision).content
    assert ChartWithEntries.model_validate_json(content).model_dump_json().encode() == content
    assert [one["title"] for one in json.loads(content)["entries"][:-1]] == list(HOSTILE)
