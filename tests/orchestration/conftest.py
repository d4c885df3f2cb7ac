"""A lake and a database for each test of rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from pyspark.sql import SparkSession

from orchestration.charts import build_charts as building
from orchestration.charts.build_charts import lay_foundation
from orchestration.flows.connections import Connections
from orchestration.ledger.progress import EndOffsets
from orchestration.settings import OrchestrationSettings
from streaming.lake import LakeTable
from tests.lake import append_bronze, new_lake
from tests.orchestration.charted_line import GONE, STAYS, play, round_
from tests.orchestration.prepared.line import Fill, PreparedLine, copy_lake, new_database, prepare_line
from tests.servers import MinioServer, PostgresServer
from tests.stack import KafkaServer, settings_of


@pytest.fixture(scope="module")
def prepared() -> PreparedLine | None:
    """What each test of a module begins with: nothing, unless the module overrides this fixture."""
    return None


@pytest.fixture(scope="session")
def prepare(
    spark: SparkSession,
    minio_server: MinioServer,
    first_versions: dict[LakeTable, bytes],
    postgres_server: PostgresServer,
    stack_environment: dict[str, str],
) -> Callable[[Fill], PreparedLine]:
    """Fills a new lake and database for the fixture `prepared` of a module."""

    def fill_new(fill: Fill) -> PreparedLine:
        lake_root = new_lake(minio_server, first_versions)
        return prepare_line(spark, lake_root, postgres_server, stack_environment, fill)

    return fill_new


@pytest.fixture
def lake_root(
    spark: SparkSession,
    minio_server: MinioServer,
    first_versions: dict[LakeTable, bytes],
    prepared: PreparedLine | None,
) -> str:
    """The address of a lake of one test: empty, or a copy of what the module prepared."""
    return copy_lake(minio_server, prepared.lake_root) if prepared else new_lake(minio_server, first_versions)


@pytest.fixture
def database(
    postgres_server: PostgresServer, stack_environment: dict[str, str], prepared: PreparedLine | None
) -> PostgresServer:
    """A new database with the roles' schemas and grants: empty, or a copy of what the module prepared."""
    return new_database(postgres_server, stack_environment, prepared.database if prepared else None)


@pytest.fixture
def loader(database: PostgresServer) -> Iterator[psycopg.Connection[Any]]:
    """The loader's connection to the test's database."""
    with database.connect("loader") as connection:
        yield connection


@pytest.fixture
def settings(database: PostgresServer, tmp_path: Path) -> OrchestrationSettings:
    """Settings that reach the test's database; Kafka and the lake are not needed."""
    return OrchestrationSettings(
        kafka_bootstrap_servers="127.0.0.1:1",
        kafka_security_protocol="PLAINTEXT",
        spark_connect_token=SecretStr("none"),
        postgres_host=database.host,
        postgres_port=database.port,
        postgres_database=database.database,
        postgres_loader_password=SecretStr(database.loader_password),
        dbt_project_dir=tmp_path,
    )


@pytest.fixture
def line(
    spark: SparkSession,
    lake_root: str,
    loader: psycopg.Connection[Any],
    database: PostgresServer,
    kafka_server: KafkaServer,
    stack_environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Connections]:
    """Two final charts of two listeners' plays."""
    for name in ("POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DBT_PASSWORD", "CHARTS_MINIMUM_LISTENERS"):
        monkeypatch.setenv(name, stack_environment[name])
    monkeypatch.setenv("POSTGRES_DATABASE", database.database)
    for name in ("DBT_TARGET_PATH", "DBT_LOG_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    settings = settings_of(
        OrchestrationSettings,
        kafka_server.variables,
        kafka_topic=kafka_server.new_topic(),
        lake_bucket=lake_root.removeprefix("s3a://"),
        spark_connect_token=SecretStr("none"),
        postgres_loader_password=SecretStr(database.loader_password),
    )
    kafka = EndOffsets(settings.kafka, settings.kafka_topic)
    connections = Connections(settings, spark, loader, kafka)
    # A project is read once in a process, with its database; each test has another.
    monkeypatch.setattr(building, "read_project", cache(building.read_project.__wrapped__))
    lay_foundation(settings.dbt_project_dir)
    append_bronze(spark, lake_root, play("a", GONE), play("a", STAYS), play("b", GONE), play("b", GONE), b"nonsense")
    round_(connections)
    loader.execute("update counts.progress set complete_through = now() + interval '1 hour'")
    yield connections
    kafka.close()
