"""A database of their own for the tests of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr

from local import postgres_roles
from local.settings import LocalSettings
from orchestration.connections import create_counts_schema
from orchestration.settings import OrchestrationSettings
from tests.stack import PostgresServer


@pytest.fixture
def database(postgres_server: PostgresServer, stack_environment: dict[str, str]) -> PostgresServer:
    """A new database with the roles' schemas and grants."""
    name = f"round_{uuid4().hex[:12]}"
    postgres_roles.bring_in_line(LocalSettings.of({**stack_environment, "POSTGRES_DATABASE": name}))
    return replace(postgres_server, database=name)


@pytest.fixture
def loader(database: PostgresServer) -> Iterator[psycopg.Connection[Any]]:
    """The loader's connection to a database with the tables of schema counts, all empty."""
    with database.connect("loader") as connection:
        create_counts_schema(connection)
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
