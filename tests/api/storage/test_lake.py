"""The api's way to the lake: what is read, how long it may take, and what follows when it is away."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from minio import Minio
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.receipts.find_play import find_plays
from api.settings import Settings
from api.storage.lake import Lake
from streaming.lake import LakeTable, table_schema
from tests.api.chart_store import ChartStore, utc
from tests.api.play_lake import BRONZE, PLAYED_AT, SILVER, PlayLake
from tests.servers import MinioServer

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/plays/p1?played_at=2026-11-22T14:03:27.250Z"


@pytest.fixture
def charts(store: ChartStore) -> ChartStore:
    """Charts that are complete past the plays' hour."""
    store.complete_through(HOUR + timedelta(hours=1))
    return store


@pytest.fixture
def client(lake_settings: Settings, charts: ChartStore) -> Iterator[TestClient]:
    """A client of an api with a lake."""
    with TestClient(create_app(lake_settings)) as client:
        yield client


def fates(client: TestClient) -> list[tuple[bool, str | None]]:
    """Whether each stored play of the name is counted, and why not."""
    answer = client.get(ADDRESS)
    assert answer.status_code == 200, answer.text
    return [(one["counted"], one["reason"]) for one in answer.json()["plays"]]


def test_the_columns_read_are_the_lake_s() -> None:
    for mine, table in ((BRONZE, LakeTable.BRONZE_PLAYS), (SILVER, LakeTable.SILVER_PLAYS)):
        assert set(mine.names) <= {field.name for field in table_schema(table)}


def test_new_versions_of_the_lake_are_seen(client: TestClient, lake: PlayLake) -> None:
    assert fates(client) == []
    lake.store(play := lake.play("p1"))
    assert fates(client) == [(False, "not_yet")]
    lake.enrich(play)
    assert fates(client) == [(True, None)]


def test_files_of_other_hours_are_not_opened(lake: PlayLake, client: TestClient, minio_server: MinioServer) -> None:
    lake.receive(lake.play("p1"), lake.play("p1", played_at=PLAYED_AT + timedelta(hours=1)))
    store = Minio(minio_server.endpoint.removeprefix("http://"), minio_server.root_user, minio_server.root_password,
                  secure=False)  # fmt: skip
    for one in list(store.list_objects(lake.bucket, recursive=True)):
        if "hour=15" in str(one.object_name):
            store.remove_object(lake.bucket, str(one.object_name))
    assert fates(client) == [(True, None)]


@contextmanager
def mute_server() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_lake_that_does_not_answer_is_503_in_time_and_holds_nobody_else_up(
    lake_settings: Settings, charts: ChartStore
) -> None:
    with mute_server() as address:
        mute = lake_settings.model_copy(update={"s3_endpoint": address})
        with TestClient(create_app(mute)) as client:
            started = monotonic()
            waiting = [Thread(target=client.get, args=[ADDRESS]) for _ in range(5)]
            for one in waiting:
                one.start()
            assert client.get("/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z").status_code == 200
            assert monotonic() - started < 2
            answer = client.get(ADDRESS)
            assert monotonic() - started < 8
            assert (answer.status_code, answer.json()["code"]) == (503, "lake_unavailable")
            assert answer.headers["Retry-After"] == "2"
            assert 'api_lake_seconds_count{outcome="unavailable"}' in client.get("/metrics").text
            for one in waiting:
                one.join()


@pytest.mark.parametrize("change", [{"s3_endpoint": "http://127.0.0.1:9"}, {"lake_bucket": "nowhere"},
                                    {"reader_secret_key": SecretStr("wrong")}])  # fmt: skip
def test_a_lake_that_is_away_is_503(
    lake_settings: Settings, charts: ChartStore, lake: PlayLake, change: dict[str, Any]
) -> None:
    with TestClient(create_app(lake_settings.model_copy(update=change))) as client:
        answer = client.get(ADDRESS)
        assert (answer.status_code, answer.json()["code"]) == (503, "lake_unavailable")
        assert "wrong" not in answer.text


def test_two_requests_may_look_at_once(lake_settings: Settings, lake: PlayLake) -> None:
    lake.receive(lake.play("p1"))

    async def look_twice() -> list[int]:
        with Lake(lake_settings) as opened:

            def search(lake: Lake) -> list[dict[str, Any]]:
                return find_plays(lake, "p1", PLAYED_AT, 10)

            found = await asyncio.gather(opened.look(search), opened.look(search))
        return [len(rows) for rows in found]

    assert asyncio.run(look_twice()) == [1, 1]
