"""A database of their own for the tests of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from local import postgres_roles
from local.settings import LocalSettings
from orchestration.connections import create_counts_schema
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
