"""Brings the database of Prefect's server in line with `.env`; safe to run again."""

from urllib.parse import quote

from psycopg import sql

from local.provision.postgres_roles import connect, ensure_role
from local.servers.part import begin_step, log
from local.settings import PrefectDatabaseSettings

NAME = "prefect"


def bring_in_line(settings: PrefectDatabaseSettings) -> None:
    """Makes role and database, and closes the database to others; raises psycopg.Error when it cannot."""
    with connect(settings, "postgres", "postgres") as connection:
        ensure_role(connection, NAME, settings.role_password(NAME))
        if not connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("create database {0} owner {0}").format(sql.Identifier(NAME)))
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(NAME)))


def server_environment(settings: PrefectDatabaseSettings) -> dict[str, str]:
    """Returns what tells Prefect's server of its database."""
    password = quote(settings.role_password(NAME), safe="")
    place = f"{settings.postgres_host}:{settings.postgres_port}/{NAME}"
    return {"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://{NAME}:{password}@{place}"}


def main() -> None:
    """Brings the database in line; its container waits for the server, and tries again."""
    bring_in_line(begin_step("prefect-database-init", PrefectDatabaseSettings))
    log.info("the database of Prefect's server is in line")


if __name__ == "__main__":
    main()
