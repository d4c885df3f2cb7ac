"""Brings the database of Prefect's server in line with `.env`; safe to run again.

Containers alone run it. Without them the server keeps its runs in SQLite, because the Postgres of
the wheel lacks an extension that Prefect needs.
"""

import psycopg
from psycopg import sql
from pydantic import SecretStr

from local.part import begin_step, log
from local.postgres_roles import ensure_role
from local.settings import PartSettings

NAME = "prefect"


class PrefectDatabaseSettings(PartSettings):
    """Who makes the database, and the password of the role that owns it."""

    postgres_host: str
    postgres_port: int
    postgres_superuser_password: SecretStr
    postgres_prefect_password: SecretStr


def bring_in_line(settings: PrefectDatabaseSettings) -> None:
    """Makes role and database, and closes the database to others; raises psycopg.Error when it cannot."""
    with _connect(settings) as connection:
        ensure_role(connection, NAME, settings.postgres_prefect_password.get_secret_value())
        if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("create database {0} owner {0}").format(sql.Identifier(NAME)))
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(NAME)))


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
