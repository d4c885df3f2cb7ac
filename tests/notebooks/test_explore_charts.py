"""The notebook answers from a real lake and a real Postgres, or says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import marimo
import psycopg
import pyarrow as pa
import pytest
from deltalake import write_deltalake
from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider
from psycopg import sql

from local.object_store import reader_policy
from tests.servers import MinioServer, PostgresServer

# By name: a notebook's cells are written by marimo, without types.
app: marimo.App = import_module("notebooks.explore_charts").app
HOUR = datetime(2026, 11, 20, 10, tzinfo=UTC)
READER_SECRET = "a-secret-for-reading"
MARTS = """
    create schema charts;
    create table charts.top_songs_hourly (
        region text, window_start timestamptz, rank integer, song_id text, title text, artist text,
        plays bigint, previous_rank integer);
    create table charts.top_songs_daily (like charts.top_songs_hourly);
    create table charts.chart_progress (complete_through timestamptz);
    grant usage on schema charts to reader;
    grant select on all tables in schema charts to reader;
"""


def silver_play(listener: str, song: str, region: str, **changes: Any) -> dict[str, Any]:
    return {
        "user_id": listener,
        "song_id": song,
        "played_at": HOUR + timedelta(minutes=5),
        "eligible": True,
        "late": False,
        "region": region,
        "date": date(2026, 11, 20),
        "hour": 10,
    } | changes


def at_minute(minute: int) -> dict[str, Any]:
    return {"played_at": HOUR + timedelta(minutes=minute)}


PLAYS = [
    *(silver_play("ann", "s1_one", "GB", **at_minute(minute)) for minute in range(12)),
    silver_play("bob", "s1_one", "GB", eligible=False),
    silver_play("cid", "s1_one", "FR", late=True),
    silver_play("cid", "s1_two", "FR"),
]


@pytest.fixture
def lake(minio_server: MinioServer) -> Iterator[tuple[str, str]]:
    """A bucket with silver plays, and the name of a user with the reader's rights in it."""
    name = f"notebook-{uuid4().hex[:8]}"
    root = (minio_server.root_user, minio_server.root_password)
    address = minio_server.endpoint.removeprefix("http://")
    Minio(address, *root, secure=False).make_bucket(name)
    admin = MinioAdmin(endpoint=address, credentials=StaticProvider(*root), secure=False)
    admin.policy_add(name, policy=reader_policy(name))
    admin.user_add(name, READER_SECRET)
    admin.policy_set(name, user=name)
    write_deltalake(
        f"s3://{name}/silver/plays",
        pa.Table.from_pylist(PLAYS),
        partition_by=["region", "date", "hour"],
        storage_options={
            "AWS_ENDPOINT_URL": minio_server.endpoint,
            "AWS_REGION": minio_server.region,
            "AWS_ACCESS_KEY_ID": root[0],
            "AWS_SECRET_ACCESS_KEY": root[1],
            "AWS_ALLOW_HTTP": "true",
        },
    )
    yield name, name
    admin.user_remove(name)
    admin.policy_remove(name)


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[str]:
    """A database with charts that agree with the silver plays."""
    name = f"notebook_{uuid4().hex[:8]}"
    with postgres_server.connect("postgres") as server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        with psycopg.connect(postgres_server.dsn("postgres", name)) as connection:
            connection.execute(MARTS)
            connection.cursor().executemany(
                "insert into charts.top_songs_hourly values (%s, %s, %s, %s, %s, 'Trio', %s, null)",
                [
                    ("FR", HOUR, 1, "s1_one", "One", 1),
                    ("FR", HOUR, 2, "s1_two", "Two", 1),
                    ("GB", HOUR, 1, "s1_one", "One", 10),
                    ("global", HOUR, 1, "s1_one", "One", 11),
                    ("global", HOUR, 2, "s1_two", "Two", 1),
                ],
            )
            connection.execute("insert into charts.top_songs_daily select * from charts.top_songs_hourly")
            connection.execute("insert into charts.chart_progress values (%s)", [HOUR + timedelta(hours=2)])
        yield name
        server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def environment(
    monkeypatch: pytest.MonkeyPatch,
    minio_server: MinioServer,
    postgres_server: PostgresServer,
    lake: tuple[str, str],
    database: str,
) -> None:
    bucket, reader = lake
    variables = {
        "S3_ENDPOINT": minio_server.endpoint,
        "S3_REGION": minio_server.region,
        "LAKE_BUCKET": bucket,
        "READER_ACCESS_KEY": reader,
        "READER_SECRET_KEY": READER_SECRET,
        "POSTGRES_HOST": postgres_server.host,
        "POSTGRES_PORT": str(postgres_server.port),
        "POSTGRES_DATABASE": database,
        "POSTGRES_READER_PASSWORD": postgres_server.reader_password,
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("environment")
def test_it_answers_from_silver_and_from_the_charts() -> None:
    _, answers = app.run()
    assert answers["plays_by_region"].rows() == [("GB", 13, 2, 7.7, 0.0), ("FR", 2, 1, 0.0, 50.0)]
    assert answers["listening"].rows()[0][:3] == (1, 1, 12)
    assert answers["climbers"]["regions"].to_list() == [2, 1]
    assert answers["disagreements"].rows() == []


@pytest.mark.usefixtures("environment")
def test_its_audit_finds_a_chart_that_is_not_what_silver_holds(postgres_server: PostgresServer, database: str) -> None:
    with psycopg.connect(postgres_server.dsn("postgres", database)) as connection:
        connection.execute("update charts.top_songs_hourly set plays = 12 where region = 'GB'")
    _, answers = app.run()
    assert answers["disagreements"].rows() == [("GB", 1, "One", 12, 10)]


@pytest.mark.usefixtures("environment")
def test_before_the_first_finished_hour_it_says_so(postgres_server: PostgresServer, database: str) -> None:
    with psycopg.connect(postgres_server.dsn("postgres", database)) as connection:
        connection.execute("update charts.chart_progress set complete_through = %s", [HOUR])
    outputs, answers = app.run()
    assert any("finished" in str(getattr(output, "text", "")) for output in outputs)
    assert "disagreements" not in answers


def test_without_the_stack_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("S3_ENDPOINT", raising=False)
    outputs, answers = app.run()
    assert any("make up" in str(getattr(output, "text", "")) for output in outputs)
    assert "disagreements" not in answers


@pytest.mark.usefixtures("environment")
def test_without_the_lake_it_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_ENDPOINT", "http://127.0.0.1:1")
    outputs, answers = app.run()
    assert any("make up" in str(getattr(output, "text", "")) for output in outputs)
    assert "disagreements" not in answers
