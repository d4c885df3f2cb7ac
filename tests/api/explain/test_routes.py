"""Where a song's number comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
DAY = utc("2026-11-22")
SONG = "s2_0000000000000001"
OTHER = "s2_0000000000000002"
HOURLY = f"/charts/hourly/explain?region=GB&window_start=2026-11-22T14:00:00Z&song_id={SONG}"
GB = {"raw_plays": 9, "too_short": 1, "over_cap": 2, "plays": 6, "duplicates": 3, "late": 1, "listeners": 4}
FR = {"raw_plays": 2, "too_short": 0, "over_cap": 0, "plays": 2, "duplicates": 0, "late": 0, "listeners": 2}
BOTH = {name: GB[name] + FR[name] for name in GB}


@pytest.fixture
def counted(store: ChartStore) -> ChartStore:
    """One song's plays in two regions, and beside them another song, hour and day."""
    store.complete_through(HOUR + timedelta(hours=3))
    for region in ("global", "GB", "FR", "DE"):
        store.insert("regions", {"region": region, "name": region})
    for grain, start in (("hour", HOUR), ("day", DAY)):
        for region, counts in (("GB", GB), ("FR", FR), ("global", BOTH)):
            store.count_song(start, SONG, grain=grain, region=region, **counts)
            store.count_window(start, grain=grain, region=region)
            store.rank_songs(start, [song(1, plays=counts["plays"])], grain=grain, region=region)
    store.count_song(HOUR, OTHER, plays=99)
    store.count_song(HOUR + timedelta(hours=10), SONG, region="GB", plays=77)
    store.count_song(HOUR - timedelta(hours=15), SONG, region="GB", plays=88)
    return store


def explain(client: TestClient, address: str = HOURLY) -> dict[str, Any]:
    """The explanation at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_an_hour_of_a_region_is_its_own_only_part(client: TestClient, counted: ChartStore) -> None:
    body = explain(client)
    assert body["counts"] == GB
    assert body["hours"] == [{**GB, "window_start": "2026-11-22T14:00:00Z"}]
    assert body["regions"] == []
    assert (body["title"], body["rank"], body["revision"], body["is_charted"]) == ("Title 1", 1, 1, True)
    assert (body["grain"], body["window_end"]) == ("hour", "2026-11-22T15:00:00Z")


def test_the_number_explained_is_that_of_the_chart(client: TestClient, counted: ChartStore) -> None:
    (entry,) = client.get("/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z").json()["entries"]
    counts = explain(client)["counts"]
    assert counts["plays"] == entry["plays"]
    assert counts["raw_plays"] == counts["plays"] + counts["over_cap"] + counts["too_short"]


def test_a_day_shows_its_hours(client: TestClient, counted: ChartStore) -> None:
    counted.count_song(DAY, SONG, region="GB", plays=5, raw_plays=5, listeners=5)
    counted.count_song(DAY + timedelta(hours=23), SONG, region="GB", plays=7, raw_plays=7, listeners=7)
    hours = explain(client, f"/charts/daily/explain?region=GB&window_start=2026-11-22T00:00:00Z&song_id={SONG}")[
        "hours"
    ]
    assert [(one["window_start"][11:13], one["plays"]) for one in hours] == [("00", 5), ("14", 6), ("23", 7)]


def test_global_shows_its_regions_the_largest_first(client: TestClient, counted: ChartStore) -> None:
    body = explain(client, f"/charts/hourly/explain?window_start=2026-11-22T14:00:00Z&song_id={SONG}")
    assert body["counts"] == BOTH
    assert body["regions"] == [{**GB, "region": "GB"}, {**FR, "region": "FR"}]
    day = explain(client, f"/charts/daily/explain?window_start=2026-11-22T00:00:00Z&song_id={SONG}")
    assert [one["region"] for one in day["regions"]] == ["GB", "FR"]
    assert [one["plays"] for one in day["hours"]] == [BOTH["plays"]]


def test_a_song_without_plays_is_explained_as_none(client: TestClient, counted: ChartStore) -> None:
    body = explain(client, HOURLY.replace(SONG, "s2_ffffffffffffffff"))
    assert set(body["counts"].values()) == {0}
    assert (body["title"], body["rank"], body["hours"]) == (None, None, [])


def test_a_song_below_the_chart_is_explained_without_a_rank(client: TestClient, counted: ChartStore) -> None:
    body = explain(client, HOURLY.replace(SONG, OTHER))
    assert (body["rank"], body["title"], body["counts"]["plays"]) == (None, f"Title of {OTHER}", 99)


@pytest.mark.parametrize(
    ("waiting", "is_charted"),
    [
        (("hour", "GB", HOUR, "rank"), False),
        (("hour", "GB", HOUR, "count"), True),
        (("day", "GB", HOUR, "rank"), True),
        (("hour", "FR", HOUR, "rank"), True),
        (("hour", "GB", HOUR + timedelta(hours=1), "rank"), True),
    ],
)
def test_counts_newer_than_the_chart_are_told_apart(
    client: TestClient, counted: ChartStore, waiting: tuple[object, ...], is_charted: bool
) -> None:
    names = ("grain", "region", "window_start", "waits_for")
    counted.insert("pending_windows", dict(zip(names, waiting, strict=True)))
    assert explain(client)["is_charted"] is is_charted


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (("T14:00", "T14:30"), 422, "invalid_parameter"),
        ((SONG, "song"), 422, "invalid_parameter"),
        (("2026", "2027"), 404, "not_computed"),
        (("GB", "XX"), 404, "unknown_region"),
        (("hourly", "daily"), 422, "invalid_parameter"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    client: TestClient, counted: ChartStore, change: tuple[str, str], status: int, code: str
) -> None:
    answer = client.get(HOURLY.replace(*change))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
