"""Brings the database of Prefect's server in line with `.env`; safe to run again."""

from urllib.parse import quote

import psycopg
from psycopg import sql

from local.part import begin_step, log
from local.postgres_roles import ensure_role
from local.settings import PrefectDatabaseSettings

NAME = "prefect"


def bring_in_line(settings: PrefectDatabaseSettings) -> None:
    """Makes role and database, and closes the database to others; raises psycopg.Error when it cannot."""
    with _connect(settings) as connection:
        ensure_role(connection, NAME, settings.postgres_prefect_password.get_secret_value())
        if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("create database {0} owner {0}").format(sql.Identifier(NAME)))
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(NAME)))


def server_environment(settings: PrefectDatabaseSettings) -> dict[str, str]:
    """Returns what tells Prefect's server of its database."""
    password = quote(settings.postgres_prefect_password.get_secret_value(), safe="")
    place = f"{settings.postgres_host}:{settings.postgres_port}/{NAME}"
    return {"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://{NAME}:{password}@{place}"}


def _connect(settings: PrefectDatabaseSettings) -> psycopg.Connection:
    return psycopg.connect(
        host=settings.postgres_host,
        port=settings.postgres_port,
        dbname="postgres",
        user="postgres",
        password=settings.postgres_superuser_password.get_secret_value(),
        connect_timeout=5,
        autocommit=True,
    )


def main() -> None:
    """Brings the database in line; its container waits for the server, and tries again."""
    bring_in_line(begin_step("prefect-database-init", PrefectDatabaseSettings))
    log.info("the database of Prefect's server is in line")


if __name__ == "__main__":
    main()
