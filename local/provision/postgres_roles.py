"""Brings the roles, the database, its schemas and its grants in line with `.env`; safe to run again."""

from pathlib import Path

import psycopg
from psycopg import sql

from local.servers.part import begin_step, log
from local.settings import PostgresServerSettings, PostgresSettings
from local.stack.readiness import postgres_answers
from local.stack.waiting import wait_until
from orchestration.migrations.apply import apply_migrations

GRANTS = Path(__file__).with_suffix(".sql")
ROLES = ("loader", "dbt", "live", "ingest", "reader")


def bring_in_line(settings: PostgresSettings) -> None:
    """Makes what is missing and corrects what differs; raises psycopg.Error when it cannot."""
    with connect(settings, "postgres", "postgres") as connection:
        for role in ROLES:
            ensure_role(connection, role, settings.role_password(role))
        _ensure_database(connection, settings.postgres_database)
        # Postgres lets every role into these two, with temporary tables of any size.
        connection.execute("revoke all on database postgres, template1 from public")
    with connect(settings, "postgres", settings.postgres_database) as connection:
        connection.execute(GRANTS.read_bytes())
        for name in apply_migrations(connection):
            log.info("applied migration %s", name)


def connect(settings: PostgresServerSettings, role: str, database: str) -> psycopg.Connection:
    """Opens a connection as one role, committing each statement."""
    return psycopg.connect(
        host=settings.postgres_host,
        port=settings.postgres_port,
        dbname=database,
        user=role,
        password=settings.role_password(role),
        connect_timeout=5,
        autocommit=True,
    )


def ensure_role(connection: psycopg.Connection, role: str, password: str) -> None:
    """Makes the role or gives it this password; it may log in, and nothing more."""
    known = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    verb = sql.SQL("alter" if known else "create")
    rights = "with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password"
    connection.execute(
        sql.SQL("{} role {} " + rights + " {}").format(verb, sql.Identifier(role), sql.Literal(password))
    )


def _ensure_database(connection: psycopg.Connection, name: str) -> None:
    if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def main() -> None:
    """Waits for the server, then brings it in line."""
    settings = begin_step("postgres-init", PostgresSettings)
    wait_until("Postgres", lambda: postgres_answers(settings))
    bring_in_line(settings)
    log.info("roles, schemas and grants are in line")


if __name__ == "__main__":
    main()
