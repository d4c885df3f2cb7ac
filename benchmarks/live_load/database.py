"""A separate Postgres for the benchmarks of live and settled counts, with the roles and tables of the stack."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from local.provision import postgres_roles
from local.settings import LocalSettings
from local.stack import readiness
from tests.dbt.chart_project import ChartProject
from tests.dbt.conftest import new_database
from tests.servers import PostgresServer
from tests.stack import make_environment, running, wait_for


@contextmanager
def postgres() -> Iterator[tuple[PostgresServer, dict[str, str]]]:
    """A server that lasts as long as the context, and the variables it was started with."""
    folder = Path(tempfile.mkdtemp(prefix="top-songs-bench-"))
    environment = make_environment(folder)
    settings = LocalSettings.of(environment)
    try:
        with running("local.servers.postgres", environment, "postgres") as process:
            wait_for(process, "postgres", settings, readiness.postgres_answers)
            postgres_roles.bring_in_line(settings)
            passwords = {
                f"{role}_password": settings.role_password(role)
                for role in ("loader", "dbt", "live", "ingest", "reader")
            }
            yield (
                PostgresServer(
                    host=settings.postgres_host,
                    port=settings.postgres_port,
                    database=settings.postgres_database,
                    superuser_password=settings.role_password("postgres"),
                    **passwords,
                ),
                environment,
            )
    finally:
        shutil.rmtree(folder)


@contextmanager
def loader() -> Iterator[psycopg.Connection[Any]]:
    """The loader's connection to a new database with empty counts."""
    with postgres() as (server, environment), new_database("counted", server, environment).connect("loader") as made:
        yield made


@contextmanager
def chart_projects(*names: str) -> Iterator[list[ChartProject]]:
    """The dbt project beside as many new databases as there are names, its foundation laid."""
    with postgres() as (server, environment), tempfile.TemporaryDirectory() as folder:
        projects = []
        for name in names:
            database = replace(new_database(name, server, environment))
            projects.append(ChartProject(database, Path(folder) / name))
            projects[-1].build("foundation")
        yield projects
