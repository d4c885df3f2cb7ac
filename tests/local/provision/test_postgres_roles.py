"""Each Postgres role can do its part, and nothing else."""

from contextlib import ExitStack

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

from local.provision import postgres_roles
from local.settings import LocalSettings
from tests.servers import PostgresServer

READER_CONNECTIONS = 20
FORBIDDEN = [
    ("loader", "select * from charts.chart"),
    ("loader", "create table charts.mine (n integer)"),
    ("loader", "create table public.mine (n integer)"),
    ("loader", "insert into builds.chart_entries select * from builds.chart_entries"),
    ("loader", "update builds.chart_revisions set late = 0"),
    ("reader", "select * from builds.chart_entries"),
    ("reader", "select * from builds.chart_revisions"),
    ("dbt", "insert into counts.songs values (2)"),
    ("dbt", "delete from counts.songs"),
    ("dbt", "create table counts.mine (n integer)"),
    ("dbt", "create schema mine"),
    ("dbt", "delete from live.offsets"),
    ("live", "select * from counts.songs"),
    ("live", "select * from charts.chart"),
    ("live", "create table public.mine (n integer)"),
    ("dbt", "select * from listens.recent"),
    ("live", "create role mine"),
    ("ingest", "select * from counts.songs"),
    ("ingest", "select * from charts.chart"),
    ("ingest", "select * from live.song_counts"),
    ("ingest", "delete from listens.recent"),
    ("ingest", "insert into listens.recent select * from listens.recent"),
    ("ingest", "delete from listens.playing_now"),
    ("ingest", "create table listens.mine (n integer)"),
    ("ingest", "create temporary table mine (n integer)"),
    ("ingest", "select pg_advisory_lock(7076675)"),
    ("ingest", "select lo_from_bytea(0, 'x')"),
    ("reader", "select * from listens.recent"),
    ("reader", "select * from live.song_counts"),
    ("reader", "select * from counts.songs"),
    ("reader", "create temporary table mine (n integer)"),
    ("reader", "set default_transaction_read_only to off; insert into charts.chart values (2)"),
    ("reader", "create role mine"),
    ("reader", "select pg_advisory_lock(7076675)"),
    ("reader", "select pg_advisory_xact_lock(1, 2)"),
    ("reader", "select pg_try_advisory_lock_shared(7076675)"),
    ("reader", "set transaction read write; select lo_from_bytea(0, 'x')"),
    ("loader", "select lo_from_bytea(0, 'x')"),
]


@pytest.fixture(scope="module")
def filled(postgres_server: PostgresServer) -> PostgresServer:
    """A database in which loader and dbt have each made a table of one row."""
    with postgres_server.connect("loader") as connection:
        connection.execute("create table counts.songs as select 1 as n")
    with postgres_server.connect("dbt") as connection:
        connection.execute("create table charts.chart as select n from counts.songs")
        connection.execute("create view dbt_staging.songs as select n from counts.songs")
        connection.execute("create temporary table scratch (n integer)")
    return postgres_server


def test_the_reader_sees_what_dbt_made_of_what_the_loader_loaded(filled: PostgresServer) -> None:
    with filled.connect("reader") as connection:
        assert connection.execute("select n from charts.chart").fetchone() == (1,)


@pytest.mark.parametrize(("role", "statement"), FORBIDDEN)
def test_what_is_not_a_roles_part_is_refused(filled: PostgresServer, role: str, statement: str) -> None:
    with (
        filled.connect(role) as connection,
        pytest.raises((InsufficientPrivilege, ReadOnlySqlTransaction)),
    ):
        connection.execute(statement.encode())


def test_the_readers_transactions_are_read_only_and_short(filled: PostgresServer) -> None:
    with filled.connect("reader") as connection:
        assert connection.execute("show default_transaction_read_only").fetchone() == ("on",)
        assert connection.execute("show statement_timeout").fetchone() == ("5s",)


@pytest.mark.parametrize("role", ["loader", "dbt"])
def test_who_joins_whole_windows_does_so_in_memory(filled: PostgresServer, role: str) -> None:
    with filled.connect(role) as connection:
        assert connection.execute("show work_mem").fetchone() == ("64MB",)
        assert connection.execute("show temp_buffers").fetchone() == ("128MB",)


def test_nobody_gets_in_without_the_password(filled: PostgresServer) -> None:
    for role in ("postgres", "loader", "dbt", "live", "ingest", "reader"):
        wrong = filled.dsn(role).replace(filled.password(role), "wrong")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)


def test_a_changed_password_is_brought_in_line(filled: PostgresServer, stack_environment: dict[str, str]) -> None:
    changed = LocalSettings.of({**stack_environment, "POSTGRES_READER_PASSWORD": "another"})
    postgres_roles.bring_in_line(changed)
    try:
        postgres_roles.connect(changed, "reader", filled.database).close()
        with pytest.raises(psycopg.OperationalError):
            filled.connect("reader")
    finally:
        postgres_roles.bring_in_line(LocalSettings.of(stack_environment))
    filled.connect("reader").close()


@pytest.mark.parametrize("database", ["postgres", "template1"])
@pytest.mark.parametrize("role", ["loader", "dbt", "live", "ingest", "reader"])
def test_the_server_s_own_databases_are_closed(filled: PostgresServer, role: str, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(filled.dsn(role, database))


@pytest.mark.parametrize("role", ["loader", "dbt", "live"])
def test_roles_that_write_take_advisory_locks(filled: PostgresServer, role: str) -> None:
    with filled.connect(role) as connection:
        assert connection.execute("select pg_try_advisory_xact_lock(7076675)").fetchone() == (True,)


def test_readers_leave_room_for_the_roles_that_write(filled: PostgresServer) -> None:
    with ExitStack() as stack:
        for _ in range(READER_CONNECTIONS):
            stack.enter_context(filled.connect("reader"))
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            filled.connect("reader")
        filled.connect("loader").close()
