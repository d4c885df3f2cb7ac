"""Migrations run once, in order, and a database that is newer than the checkout is refused."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from orchestration.migrations.apply import FOLDER, MigrationOrderError, apply_migrations, find_migrations
from tests.servers import PostgresServer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations of a test, their numbers far behind the project's own."""
    for file in FOLDER.glob("*.sql"):
        (tmp_path / file.name).write_text("select 1")
    (tmp_path / "9001_first.sql").write_text("set local role loader; create table counts.first (n integer)")
    (tmp_path / "9002_second.sql").write_text("set local role loader; insert into counts.first values (1)")
    return tmp_path


def test_each_runs_once_and_belongs_to_its_role(database: PostgresServer, folder: Path) -> None:
    with database.connect("postgres") as connection:
        assert apply_migrations(connection, folder) == ["9001_first", "9002_second"]
        assert apply_migrations(connection, folder) == []
        assert connection.execute("select count(*) from counts.first").fetchone() == (1,)
        owner = connection.execute("select tableowner from pg_tables where tablename = 'first'").fetchone()
        assert owner == ("loader",)


def test_one_that_fails_leaves_nothing_and_runs_again(database: PostgresServer, folder: Path) -> None:
    second = folder / "9002_second.sql"
    second.write_text("create table counts.half (n integer); select 1 / 0")
    with database.connect("postgres") as connection:
        with pytest.raises(psycopg.errors.DivisionByZero):
            apply_migrations(connection, folder)
        assert connection.execute("select to_regclass('counts.half')").fetchone() == (None,)
        second.write_text("select 1")
        assert apply_migrations(connection, folder) == ["9002_second"]


def test_a_newer_database_is_refused(database: PostgresServer, folder: Path) -> None:
    with database.connect("postgres") as connection:
        apply_migrations(connection, folder)
        with pytest.raises(MigrationOrderError, match="migration 9002"):
            apply_migrations(connection)


@pytest.mark.parametrize("name", ["first.sql", "01_first.sql", "9002_taken.sql"])
def test_a_file_without_a_number_of_its_own_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("select 1")
    with pytest.raises(ValueError, match=name):
        find_migrations(folder)
