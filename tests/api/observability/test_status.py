"""Lag and freshness of every stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.observability.status import DOWN_AFTER_SECONDS, LATE_AFTER_SECONDS, LIVE_DOWN_AFTER_SECONDS
from api.settings import Settings
from tests.api.chart_store import ChartStore, utc
from tests.api.ingest_stand import ingest_stand

NOW = utc("2026-11-22 14:32")
NAMES = ["ingest", "kafka", "bronze", "silver", "counts", "charts"]


def record_stage(store: ChartStore, stage: str, **changes: object) -> None:
    """A stage that does well, but for the changes."""
    row = {"lag_seconds": 1.5, "lag_plays": 12, "last_success": NOW, "last_error": None}
    store.insert("pipeline_stages", {"stage": stage, **row, "error_at": None, **changes})


def see_stage(client: TestClient, name: str) -> dict[str, Any]:
    """One stage as /status shows it."""
    stages: list[dict[str, Any]] = client.get("/status").json()["stages"]
    return next(stage for stage in stages if stage["stage"] == name)


def test_every_stage_is_shown_in_the_order_of_the_line(client: TestClient, store: ChartStore) -> None:
    store.complete_through(NOW)
    for name in reversed(NAMES[1:]):
        record_stage(store, name)
    body = client.get("/status").json()
    assert list(body) == ["complete_through", "stages", "checks"]
    assert body["complete_through"] == "2026-11-22T14:32:00Z"
    assert [stage["stage"] for stage in body["stages"]] == NAMES
    expected = {
        "stage": "bronze",
        "status": "ok",
        "lag_seconds": 1.5,
        "lag_plays": 12,
        "last_success": "2026-11-22T14:32:00Z",
        "last_error": None,
    }
    assert list(body["stages"][2].items()) == list(expected.items())


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "ok"),
        ({"lag_seconds": None, "lag_plays": None}, "ok"),
        ({"lag_seconds": LATE_AFTER_SECONDS}, "ok"),
        ({"lag_seconds": LATE_AFTER_SECONDS + 0.001}, "late"),
        ({"last_success": None}, "down"),
        ({"last_error": "gone", "error_at": NOW + timedelta(seconds=1)}, "down"),
        ({"last_error": "gone", "error_at": NOW - timedelta(seconds=1)}, "ok"),
        (
            {"lag_seconds": 9999, "last_error": "gone", "error_at": NOW + timedelta(seconds=1)},
            "down",
        ),
    ],
)
def test_a_stage_is_judged_by_its_lag_and_its_last_try(
    client: TestClient, store: ChartStore, changes: dict[str, object], status: str
) -> None:
    store.complete_through(NOW)
    record_stage(store, "silver", **changes)
    seen = see_stage(client, "silver")
    assert seen["status"] == status
    assert seen["last_error"] == changes.get("last_error")


@pytest.mark.parametrize(("age", "status"), [(DOWN_AFTER_SECONDS - 20, "ok"), (DOWN_AFTER_SECONDS + 1, "down")])
def test_without_a_heartbeat_every_stage_behind_ingest_is_down(
    client: TestClient, store: ChartStore, age: int, status: str
) -> None:
    store.complete_through(NOW)
    for name in NAMES[1:]:
        record_stage(store, name)
    store.change("chart_progress", f"heartbeat_at = now() - interval '{age} seconds'")
    stages = client.get("/status").json()["stages"]
    assert {stage["status"] for stage in stages[1:]} == {status}


def test_without_live_counts_there_is_no_such_stage(client: TestClient, store: ChartStore) -> None:
    store.complete_through(NOW)
    assert [stage["stage"] for stage in client.get("/status").json()["stages"]] == NAMES


@pytest.mark.parametrize(
    ("age", "status"), [(LIVE_DOWN_AFTER_SECONDS - 5, "ok"), (LIVE_DOWN_AFTER_SECONDS + 1, "down")]
)
def test_live_counts_are_down_without_a_commit_for_seconds_whatever_the_rounds_do(
    client: TestClient, store: ChartStore, age: int, status: str
) -> None:
    store.complete_through(NOW)
    store.change("chart_progress", "heartbeat_at = null")
    record_stage(store, "live", lag_plays=None)
    store.change("pipeline_stages", f"last_success = now() - interval '{age} seconds'")
    assert [stage["stage"] for stage in client.get("/status").json()["stages"]] == [*NAMES[:2], "live", *NAMES[2:]]
    assert see_stage(client, "live")["status"] == status


def test_a_new_system_shows_every_stage_down(client: TestClient, store: ChartStore) -> None:
    body = client.get("/status").json()
    assert body["complete_through"] is None
    assert body["checks"] == []
    assert {stage["status"] for stage in body["stages"]} == {"down"}


def test_checks_are_shown_by_name(client: TestClient, store: ChartStore) -> None:
    for name, holds in (("offsets", False), ("conservation", True)):
        store.insert("pipeline_checks", {"name": name, "holds": holds, "at": NOW, "detail": "why"})
    at = "2026-11-22T14:32:00Z"
    assert client.get("/status").json()["checks"] == [
        {"name": "conservation", "holds": True, "at": at},
        {"name": "offsets", "holds": False, "at": at},
    ]


def test_ingest_is_asked_itself(settings: Settings, store: ChartStore) -> None:
    with ingest_stand() as stand:
        reachable = settings.model_copy(update={"ingest_url": stand.address})
        with TestClient(create_app(reachable)) as client:
            assert see_stage(client, "ingest")["status"] == "ok"
    with TestClient(create_app(settings)) as client:
        assert see_stage(client, "ingest")["status"] == "down"


def test_no_cache_keeps_the_status(client: TestClient) -> None:
    assert client.get("/status").headers["Cache-Control"] == "no-store"


def test_the_text_of_an_exception_stays_inside(client: TestClient, store: ChartStore) -> None:
    store.complete_through(NOW)
    text = "pyspark.errors.AnalysisException: path /srv/data/secret of 10.0.0.7 does not exist"
    record_stage(store, "silver", last_error=text, error_at=NOW)
    assert see_stage(client, "silver")["last_error"] == "pyspark.errors.AnalysisException"
