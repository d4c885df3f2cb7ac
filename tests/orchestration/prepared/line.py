"""A lake and a database that the tests of a module begin with: filled once, copied for each test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from minio.commonconfig import CopySource
from psycopg import Connection, sql
from pyspark.sql import SparkSession

from local.provision import postgres_roles
from local.settings import LocalSettings
from tests.servers import MinioServer, PostgresServer

Fill = Callable[[SparkSession, str, Connection[Any]], object]
"""Fills an empty lake and its database through the loader's connection."""


@dataclass(frozen=True)
class PreparedLine:
    """A filled lake and the database that belongs to it; tests must change copies only."""

    lake_root: str
    database: str


def new_database(server: PostgresServer, environment: dict[str, str], template: str | None = None) -> PostgresServer:
    """Create a database with the roles' schemas and grants, empty or as a copy; nobody may use the template."""
    name = f"round_{uuid4().hex[:12]}"
    if template:
        with server.connect("postgres") as connection:
            copy = sql.SQL("create database {} template {}")
            connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
    # A copy has no grants of the database itself.
    postgres_roles.bring_in_line(LocalSettings.of({**environment, "POSTGRES_DATABASE": name}))
    return replace(server, database=name)


def copy_lake(server: MinioServer, lake_root: str) -> str:
    """Copy every object of a lake and return the copy's address; Delta's logs name files relative to their table."""
    store, prefix = server.open_as_lake(), f"s3a://{server.bucket}/"
    source, target = lake_root.removeprefix(prefix), f"tests/{uuid4().hex}"
    for found in store.list_objects(server.bucket, f"{source}/", recursive=True):
        name = found.object_name or ""
        store.copy_object(server.bucket, name.replace(source, target, 1), CopySource(server.bucket, name))
    return prefix + target


def prepare_line(
    spark: SparkSession, lake_root: str, server: PostgresServer, environment: dict[str, str], fill: Fill
) -> PreparedLine:
    """Fill an empty lake and a new database."""
    database = new_database(server, environment)
    with database.connect("loader") as loader:
        fill(spark, lake_root, loader)
    return PreparedLine(lake_root, database.database)
