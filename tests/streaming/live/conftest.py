"""A database with schema `live` for each test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from local.provision import postgres_roles
from local.settings import LocalSettings
from streaming.live.counter import LiveCounter
from tests.stack import PostgresServer


@pytest.fixture
def database(postgres_server: PostgresServer, stack_environment: dict[str, str]) -> PostgresServer:
    """A new database with the roles' schemas, grants and migrations."""
    name = f"live_{uuid4().hex[:12]}"
    postgres_roles.bring_in_line(LocalSettings.of({**stack_environment, "POSTGRES_DATABASE": name}))
    return replace(postgres_server, database=name)


@pytest.fixture
def connection(database: PostgresServer) -> Iterator[psycopg.Connection[Any]]:
    """The live counter's own connection."""
    with database.connect("live") as connection:
        yield connection


@pytest.fixture
def counter(connection: psycopg.Connection[Any]) -> LiveCounter:
    """A counter that has just started."""
    return LiveCounter(connection)
