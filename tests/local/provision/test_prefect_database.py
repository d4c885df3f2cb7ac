"""The database of Prefect's server, as containers make it: its own role's, and nobody else's."""

from pathlib import Path

import psycopg
import pytest

from local.provision import prefect_database
from local.settings import PrefectDatabaseSettings
from tests.servers import PostgresServer


def bring_in_line(server: PostgresServer, folder: Path, password: str) -> None:
    variables = {
        "DATA_DIR": str(folder),
        "POSTGRES_HOST": server.host,
        "POSTGRES_PORT": str(server.port),
        "POSTGRES_SUPERUSER_PASSWORD": server.superuser_password,
        "POSTGRES_PREFECT_PASSWORD": password,
    }
    prefect_database.bring_in_line(PrefectDatabaseSettings.of(variables))


def log_in(server: PostgresServer, password: str) -> psycopg.Connection:
    address = f"{server.host}:{server.port}/prefect"
    return psycopg.connect(f"postgresql://prefect:{password}@{address}", autocommit=True)


def test_the_role_owns_its_database_and_reaches_no_charts(postgres_server: PostgresServer, tmp_path: Path) -> None:
    bring_in_line(postgres_server, tmp_path, "first")
    with log_in(postgres_server, "first") as connection:
        connection.execute("create schema mine create table runs (n integer)")
        connection.execute("drop schema mine cascade")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(
            host=postgres_server.host,
            port=postgres_server.port,
            dbname=postgres_server.database,
            user="prefect",
            password="first",
        )


@pytest.mark.parametrize("role", ["loader", "dbt", "reader"])
def test_other_roles_do_not_get_in(postgres_server: PostgresServer, tmp_path: Path, role: str) -> None:
    bring_in_line(postgres_server, tmp_path, "first")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(postgres_server.dsn(role, "prefect"))


def test_another_password_takes_the_place_of_the_first(postgres_server: PostgresServer, tmp_path: Path) -> None:
    bring_in_line(postgres_server, tmp_path, "first")
    bring_in_line(postgres_server, tmp_path, "second")
    log_in(postgres_server, "second").close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        log_in(postgres_server, "first")
