"""The api over ASGI, on charts in a real Postgres that it reads as the role reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from local.provision import postgres_roles
from local.settings import LocalSettings
from tests.api.chart_store import TABLES, ChartStore
from tests.api.play_lake import READER_SECRET, PlayLake, play_lake
from tests.servers import MinioServer, PostgresServer

DATABASE = "api_tests"
NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
def charts_database(postgres_server: PostgresServer, stack_environment: dict[str, str]) -> Iterator[psycopg.Connection]:
    """A database of its own with the stack's roles and grants, and the charts' tables, as dbt."""
    environment = {**stack_environment, "POSTGRES_DATABASE": DATABASE}
    postgres_roles.bring_in_line(LocalSettings.of(environment))
    with psycopg.connect(postgres_server.dsn("dbt", DATABASE), autocommit=True) as connection:
        connection.execute(TABLES.read_bytes())
        yield connection


@pytest.fixture
def store(charts_database: psycopg.Connection) -> ChartStore:
    """Charts as on a new system: tables without a row."""
    store = ChartStore(charts_database)
    store.clear()
    return store


@pytest.fixture
def settings(postgres_server: PostgresServer, tmp_path: Path) -> Settings:
    """Settings that lead to the charts, and to nothing else; nothing is answered from memory."""
    return Settings(
        postgres_host=postgres_server.host,
        postgres_port=postgres_server.port,
        postgres_database=DATABASE,
        postgres_reader_password=SecretStr(postgres_server.reader_password),
        s3_endpoint=NOBODY_LISTENS,
        s3_region="us-east-1",
        lake_bucket="lake",
        reader_access_key="reader",
        reader_secret_key=SecretStr("unknown"),
        ingest_url=NOBODY_LISTENS,
        api_memory_bytes=0,
        lineage_file=tmp_path / "lineage.html",
        frontend_dist=tmp_path / "dist",
    )


@pytest.fixture
def client(settings: Settings, store: ChartStore) -> Iterator[TestClient]:
    """A client of the running api; an error inside it would be raised in the test."""
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture
def lake(minio_server: MinioServer) -> Iterator[PlayLake]:
    """A lake of its own for one test."""
    with play_lake(minio_server) as lake:
        yield lake


@pytest.fixture
def lake_settings(settings: Settings, lake: PlayLake) -> Settings:
    """Settings that lead to the charts and to the lake."""
    return settings.model_copy(
        update={
            "s3_endpoint": lake.server.endpoint,
            "lake_bucket": lake.bucket,
            "reader_access_key": lake.user,
            "reader_secret_key": SecretStr(READER_SECRET),
        }
    )
