"""A real lake driver for tests, beside the servers of tests/stack.py, and builders of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from _pytest.mark import ParameterSet
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from local.settings import LocalSettings
from local.stack.service_readiness import lake_is_open
from streaming.bronze import parse_plays
from streaming.lake import LakeTable, connect, create_tables, disconnect
from tests import lake_profile
from tests.ingest.builders import recorded_play
from tests.stack import KafkaServer, MinioServer, running, wait_for

MESSAGES = "value binary, topic string, partition int, offset bigint, timestamp timestamp"
RECEIVED = datetime(2026, 11, 1, 10, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def spark(
    stack_environment: dict[str, str], kafka_server: KafkaServer, minio_server: MinioServer
) -> Iterator[SparkSession]:
    """A Spark Connect session of a lake driver that runs for the tests."""
    with run_lake_driver(stack_environment | lake_profile.VARIABLES) as session:
        lake_profile.make_cheap(session)
        yield session


@contextmanager
def run_lake_driver(environment: dict[str, str]) -> Iterator[SparkSession]:
    """A session of a lake driver whose Kafka and object store run already."""
    settings = LocalSettings.of(environment)
    with running("local.servers.lake_driver", environment, "lake-driver") as process:
        wait_for(process, "lake-driver", settings, lake_is_open)
        token = settings.spark_connect_token.get_secret_value()
        session = connect(settings.spark_connect_host, settings.spark_connect_port, token)
        yield session
        disconnect(session)


@pytest.fixture(scope="session")
def first_versions(spark: SparkSession, minio_server: MinioServer) -> dict[LakeTable, bytes]:
    """What Delta writes when it creates each table."""
    folder = f"tests/{uuid4().hex}"
    create_tables(spark, f"s3a://{minio_server.bucket}/{folder}")
    store = minio_server.open_as_lake()
    return {table: store.get_object(minio_server.bucket, _first_version(folder, table)).data for table in LakeTable}


@pytest.fixture
def lake_root(spark: SparkSession, minio_server: MinioServer, first_versions: dict[LakeTable, bytes]) -> str:
    """The address of an empty lake of one test."""
    return new_lake(minio_server, first_versions)


def new_lake(server: MinioServer, first_versions: dict[LakeTable, bytes]) -> str:
    """Create an empty lake, whose tables are copies of new ones, and return its address."""
    folder = f"tests/{uuid4().hex}"
    store = server.open_as_lake()
    for table, content in first_versions.items():
        store.put_object(server.bucket, _first_version(folder, table), BytesIO(content), len(content))
    return f"s3a://{server.bucket}/{folder}"


def _first_version(folder: str, table: LakeTable) -> str:
    return f"{table.path(folder)}/_delta_log/{0:020d}.json"


@pytest.fixture
def planned_as_in_production(spark: SparkSession) -> Iterator[None]:
    """Queries of one test run as in production, with generated code."""
    with lake_profile.production_options(spark):
        yield


def messages(spark: SparkSession, *values: bytes | None, partition: int = 0, first_offset: int = 0) -> DataFrame:
    """Kafka's messages with these values, in order."""
    rows = [(value, "plays", partition, first_offset + index, RECEIVED) for index, value in enumerate(values)]
    return spark.createDataFrame(rows, MESSAGES)


def append_bronze(spark: SparkSession, lake_root: str, *values: bytes, **coordinates: int) -> None:
    """Append messages to bronze as one version, as the driver's query does."""
    rows = parse_plays(messages(spark, *values, **coordinates))
    rows.write.format("delta").mode("append").save(LakeTable.BRONZE_PLAYS.path(lake_root))


def rows_of(spark: SparkSession, schema: StructType, *rows: dict[str, Any]) -> DataFrame:
    """Rows with the named columns; the others are null."""
    return spark.createDataFrame([tuple(row.get(name) for name in schema.names) for row in rows], schema)


def values(*titles: str) -> list[bytes]:
    """Kafka's values of plays with these titles, alike in all else."""
    return [recorded_play(title=title).to_value() for title in titles]


def with_one_sample(cases: Iterable[str], sample: str) -> list[ParameterSet]:
    """Cases of a long proof: one stays in the ordinary run, the others are for `make faults`."""
    return [pytest.param(case, marks=[] if case == sample else pytest.mark.faults) for case in cases]
