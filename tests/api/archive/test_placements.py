"""One song on the charts of every region."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.chart_store import ChartStore, song, utc

HOUR = utc("2026-11-22 14:00")
SONG = "s2_00000000000000aa"
ADDRESS = f"/songs/{SONG}/placements"


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """The song at 3 in Britain, 1 in France, 2 in the world and on no chart of Germany."""
    for region, name in {"global": "Global", "GB": "United Kingdom", "FR": "France", "DE": "Germany"}.items():
        store.insert("regions", {"region": region, "name": name})
    store.complete_through(utc("2026-11-22 14:32"))
    store.count_window(HOUR, region="global")
    for region, rank in (("GB", 3), ("FR", 1), ("global", 2)):
        store.rank_songs(HOUR, [song(rank, song_id=SONG), song(9)], region=region)
    store.rank_songs(HOUR, [song(1)], region="DE")
    store.rank_songs(utc("2026-11-22 13:00"), [song(8, song_id=SONG)], region="DE")
    return store


def placements(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_every_region_with_the_song_is_there_best_rank_first(client: TestClient, charts: ChartStore) -> None:
    body = placements(client)
    assert (body["song_id"], body["grain"], body["window_start"]) == (SONG, "hour", "2026-11-22T14:00:00Z")
    assert [(one["region"], one["rank"]) for one in body["placements"]] == [("FR", 1), ("global", 2), ("GB", 3)]
    assert body["placements"][2] == {
        "region": "GB",
        "name": "United Kingdom",
        "rank": 3,
        "previous_rank": 5,
        "movement": "up",
        "plays": 997,
        "listeners": 497,
        "peak_rank": 3,
        "streak": 6,
    }


def test_a_window_is_named_by_its_start(client: TestClient, charts: ChartStore) -> None:
    (only,) = placements(client, "?window_start=2026-11-22T13:00:00Z")["placements"]
    assert (only["region"], only["rank"]) == ("DE", 8)


def test_a_song_that_is_on_no_chart_has_none(client: TestClient, charts: ChartStore) -> None:
    assert client.get("/songs/s2_ffffffffffffffff/placements").json()["placements"] == []


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?window_start=2026-11-22T15:00:00Z", 404, "not_computed"),
        ("?window_start=2026-11-22T14:00:00Z&grain=day", 422, "invalid_parameter"),
        ("?region=GB", 422, "invalid_parameter"),
    ],
)
def test_what_is_refused_is_a_problem(
    client: TestClient, charts: ChartStore, query: str, status: int, code: str
) -> None:
    answer = client.get(ADDRESS + query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
