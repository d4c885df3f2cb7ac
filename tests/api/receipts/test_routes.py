"""Receipts of plays whose fate is known, from a real lake and a real Postgres."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.receipts.routes import MOST_RECEIPTS
from api.settings import Settings
from tests.api.chart_store import ChartStore, song, utc
from tests.api.play_lake import PLAYED_AT, PlayLake

HOUR = utc("2026-11-22 14:00")
DAY = utc("2026-11-22")
ADDRESS = "/plays/{}?played_at=2026-11-22T14:03:27.250Z"
SECOND = timedelta(seconds=1)


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """Charts in which song 1 is second in GB's hour, third in its day, and below the end of global's."""
    store.complete_through(HOUR + timedelta(hours=1))
    store.rank_songs(HOUR, [{**song(1), "rank": 2}])
    store.rank_songs(DAY, [{**song(1), "rank": 3}], grain="day")
    return store


@pytest.fixture
def client(lake_settings: Settings, charts: ChartStore) -> Iterator[TestClient]:
    """A client of an api with a lake."""
    with TestClient(create_app(lake_settings)) as client:
        yield client


def receipts(client: TestClient, play_id: str = "p1") -> list[dict[str, Any]]:
    """The receipts of a play."""
    answer = client.get(ADDRESS.format(play_id))
    assert answer.status_code == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["plays"]
    return listed


def fates(client: TestClient, play_id: str = "p1") -> list[tuple[bool, str | None]]:
    """Whether each receipt's play is counted, and why not."""
    return [(one["counted"], one["reason"]) for one in receipts(client, play_id)]


def test_a_counted_play_names_its_charts(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1", late=True), lake.play("p2"))
    (receipt,) = receipts(client)
    assert receipt == {
        "received_at": "2026-11-22T14:06:27.250000Z",
        "region": "GB",
        "song_id": "s2_0000000000000001",
        "title": "Morning Ferry",
        "artist": "The Example Band",
        "late": True,
        "counted": True,
        "reason": None,
        "charts": [
            {"grain": "hour", "region": "GB", "window_start": "2026-11-22T14:00:00Z", "rank": 2},
            {"grain": "hour", "region": "global", "window_start": "2026-11-22T14:00:00Z", "rank": None},
            {"grain": "day", "region": "GB", "window_start": "2026-11-22T00:00:00Z", "rank": 3},
            {"grain": "day", "region": "global", "window_start": "2026-11-22T00:00:00Z", "rank": None},
        ],
    }


def test_no_receipt_names_a_listener(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1", "a-secret-listener"))
    assert "a-secret-listener" not in client.get(ADDRESS.format("p1")).text


def test_a_play_that_is_not_stored_has_no_receipt(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1"))
    answer = client.get(ADDRESS.format("p2"))
    assert (answer.json()["plays"], answer.json()["complete_through"]) == ([], "2026-11-22T15:00:00Z")
    assert client.get("/plays/p1?played_at=2026-11-22T14:03:27.251Z").json()["plays"] == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_play_too_short_is_stored_and_not_counted(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1", eligible=False))
    assert fates(client) == [(False, "too_short")]


def test_copies_of_a_play_are_duplicates_also_from_another_region(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1"))
    again = PLAYED_AT + timedelta(minutes=5)
    lake.store(lake.play("p1", received_at=again), lake.play("p1", region="FR", received_at=again + SECOND))
    assert fates(client) == [(True, None), (False, "duplicate"), (False, "duplicate")]
    assert [one["region"] for one in receipts(client)] == ["GB", "GB", "FR"]


def test_two_listeners_may_have_a_play_of_the_same_name(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1", "ann"), lake.play("p1", "bob", eligible=False))
    assert sorted(fates(client)) == [(False, "too_short"), (True, None)]


def test_a_play_that_silver_has_not_seen_is_stored_and_not_counted_yet(client: TestClient, lake: PlayLake) -> None:
    lake.store(lake.play("p1"))
    (receipt,) = receipts(client)
    assert (receipt["reason"], receipt["song_id"], receipt["late"]) == ("not_yet", None, None)


@pytest.mark.parametrize(
    ("table", "row", "counted"),
    [
        ("pending_windows", {"grain": "hour", "region": "GB", "window_start": HOUR, "waits_for": "count"}, False),
        ("pending_windows", {"grain": "hour", "region": "GB", "window_start": HOUR, "waits_for": "rank"}, False),
        ("pending_windows", {"grain": "hour", "region": "FR", "window_start": HOUR, "waits_for": "rank"}, True),
        ("pending_windows", {"grain": "hour", "region": "GB", "window_start": DAY, "waits_for": "rank"}, True),
        ("enrichments", {"batch": 7, "finished_at": None}, False),
        ("enrichments", {"batch": 7, "finished_at": HOUR}, True),
        ("enrichments", {"batch": 8, "finished_at": None}, True),
    ],
)
def test_a_play_counts_once_its_hour_waits_for_nothing(
    client: TestClient, lake: PlayLake, charts: ChartStore, table: str, row: dict[str, Any], counted: bool
) -> None:
    lake.receive(lake.play("p1"))
    charts.insert(table, row)
    (receipt,) = receipts(client)
    assert (receipt["counted"], receipt["reason"]) == ((True, None) if counted else (False, "not_yet"))
    assert bool(receipt["charts"]) is counted


def test_of_many_plays_the_ten_earliest_count(client: TestClient, lake: PlayLake) -> None:
    earlier = [lake.play(f"e{n}", played_at=PLAYED_AT - n * SECOND) for n in range(1, 10)]
    tied = [lake.play("p0"), lake.play("p1"), lake.play("p2")]
    lake.receive(*tied[::-1], *earlier)
    assert [fates(client, name) for name in ("p0", "p1", "p2")] == [
        [(True, None)],
        [(False, "over_cap")],
        [(False, "over_cap")],
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"listener": "bob"},
        {"song_id": "s2_0000000000000002"},
        {"region": "FR"},
        {"eligible": False},
        {"played_at": PLAYED_AT - timedelta(hours=1)},
    ],
)
def test_the_cap_is_for_one_listener_song_region_and_hour(
    client: TestClient, lake: PlayLake, other: dict[str, Any]
) -> None:
    lake.receive(*(lake.play(f"e{n}", **{"played_at": PLAYED_AT - n * SECOND, **other}) for n in range(1, 30)))
    lake.receive(lake.play("p1"))
    assert fates(client) == [(True, None)]


def test_no_more_receipts_than_a_hundred(client: TestClient, lake: PlayLake) -> None:
    lake.receive(lake.play("p1"))
    lake.store(*(lake.play("p1") for _ in range(MOST_RECEIPTS + 5)))
    assert len(receipts(client)) == MOST_RECEIPTS


@pytest.mark.parametrize(
    "address",
    [
        "/plays/p1",
        "/plays/p1?played_at=yesterday",
        "/plays/p1?played_at=2026-11-22T14:03:27",
        "/plays/p%201?played_at=2026-11-22T14:03:27Z",
        f"/plays/{'p' * 65}?played_at=2026-11-22T14:03:27Z",
        "/plays/p1?played_at=2026-11-22T14:03:27Z&user_id=ann",
    ],
)
def test_a_question_that_names_no_play_is_refused(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_parameter")


def test_a_song_with_too_few_listeners_is_not_named(client: TestClient, lake: PlayLake, store: ChartStore) -> None:
    lake.receive(lake.play("p1"))
    store.show_from(5)
    (hidden,) = receipts(client)
    assert [hidden[name] for name in ("song_id", "title", "artist")] == [None, None, None]
    store.count_song(HOUR, "s2_0000000000000001", listeners=5)
    (named,) = receipts(client)
    assert (named["song_id"], named["title"]) == ("s2_0000000000000001", "Morning Ferry")


def test_a_play_of_a_withdrawn_key_says_so_and_takes_no_place_under_the_cap(
    client: TestClient, lake: PlayLake, store: ChartStore
) -> None:
    abused = [lake.play(f"b{number}", played_at=PLAYED_AT - number * SECOND, key_id="bad") for number in range(1, 11)]
    lake.receive(lake.play("p1"), lake.play("p2", key_id="bad"), *abused)
    assert fates(client) == [(False, "over_cap")]
    assert fates(client, "p2") == [(False, "over_cap")]
    store.insert("withdrawn_keys", {"key_id": "bad"})
    assert fates(client) == [(True, None)]
    (receipt,) = receipts(client, "p2")
    assert (receipt["reason"], receipt["charts"]) == ("withdrawn", [])
