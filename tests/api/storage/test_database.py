"""The api without its database, and what its role may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep

import psycopg
import pytest
from psycopg import errors, sql
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.storage.database import connection_string
from tests.api.chart_store import ChartStore, utc
from tests.api.conftest import DATABASE
from tests.servers import PostgresServer

HOUR = utc("2026-11-22 14:00")
ADDRESS = "/charts/hourly?region=GB&hour=2026-11-22T14:00:00Z"
SONG = "song_id=s2_0000000000000001"
READS = [
    ADDRESS,
    "/charts/daily",
    "/charts/hourly/revisions?window_start=2026-11-22T14:00:00Z",
    f"/charts/daily/explain?window_start=2026-11-22T00:00:00Z&{SONG}",
    "/songs/s2_0000000000000001/history",
    "/plays/p1?played_at=2026-11-22T14:00:00Z",
    "/reconciliation",
    "/regions",
    "/windows",
    "/status",
    "/readyz",
]


@pytest.fixture
def superuser(postgres_server: PostgresServer) -> Iterator[psycopg.Connection]:
    """A connection that may do anything; the reader can log in again after the test."""
    with postgres_server.connect("postgres") as connection:
        yield connection
        connection.execute("alter role reader login")


def cut_off(superuser: psycopg.Connection) -> None:
    """End the reader's sessions."""
    superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'")


def wait_for_status(ask: Callable[[], int], status: int, seconds: float) -> float:
    """How long it took until an answer had this status."""
    started = monotonic()
    while ask() != status:
        assert monotonic() - started < seconds
        sleep(0.05)
    return monotonic() - started


@pytest.fixture
def chart(store: ChartStore) -> ChartStore:
    """One open chart."""
    store.complete_through(HOUR + timedelta(minutes=32))
    store.publish(HOUR)
    return store


def test_a_cut_connection_is_replaced_unnoticed(
    client: TestClient, chart: ChartStore, superuser: psycopg.Connection
) -> None:
    before = client.get(ADDRESS)
    cut_off(superuser)
    after = client.get(ADDRESS)
    assert (after.status_code, after.content) == (200, before.content)


def test_an_outage_is_503_and_ends_with_it(
    client: TestClient, chart: ChartStore, superuser: psycopg.Connection
) -> None:
    before = client.get(ADDRESS)
    superuser.execute("alter role reader nologin")
    cut_off(superuser)
    answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "database_unavailable"
    sleep(8)  # long enough that a growing back-off would miss the return
    superuser.execute("alter role reader login")
    assert wait_for_status(lambda: client.get(ADDRESS).status_code, 200, 10) < 3
    assert client.get(ADDRESS).content == before.content


def test_a_start_without_postgres_answers_503(settings: Settings) -> None:
    away = settings.model_copy(update={"postgres_port": 9})
    with TestClient(create_app(away)) as client, ThreadPoolExecutor(len(READS)) as together:
        # Each waits two seconds for a connection.
        answers = dict(zip(READS, together.map(client.get, READS), strict=True))
        assert client.get("/healthz").status_code == 200
    found = {address: (answer.status_code, answer.json()["code"]) for address, answer in answers.items()}
    assert found == dict.fromkeys(READS, (503, "database_unavailable"))


@pytest.mark.parametrize("address", READS[:-1])
def test_before_dbt_has_run_every_read_is_503(
    settings: Settings, postgres_server: PostgresServer, store: ChartStore, address: str
) -> None:
    bare = settings.model_copy(update={"postgres_database": postgres_server.database})
    with TestClient(create_app(bare)) as client:
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (503, "charts_not_built")
        assert answer.headers["Retry-After"] == "2"
        assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into charts.regions values ('XX', 'Nowhere')",
        "update charts.top_songs_hourly set plays = 0",
        "delete from charts.chart_windows",
        "truncate charts.chart_progress",
        "drop table charts.regions",
        "create table charts.mine (id int)",
        "create table public.mine (id int)",
        "create temporary table mine (id int)",
    ],
)
def test_the_api_cannot_write_even_if_it_wanted_to(settings: Settings, chart: ChartStore, statement: str) -> None:
    with psycopg.connect(connection_string(settings), autocommit=True) as connection:
        connection.execute("set default_transaction_read_only to off")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(sql.SQL(statement))


def test_the_api_reads_schema_charts_alone(
    settings: Settings, postgres_server: PostgresServer, chart: ChartStore
) -> None:
    with psycopg.connect(postgres_server.dsn("loader", DATABASE), autocommit=True) as loader:
        loader.execute("create table if not exists counts.secret_counts (plays bigint)")
    with (
        psycopg.connect(connection_string(settings), autocommit=True) as connection,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        connection.execute("select * from counts.secret_counts")


def test_a_statement_that_takes_too_long_is_stopped(settings: Settings, chart: ChartStore) -> None:
    with psycopg.connect(connection_string(settings)) as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("5s",)
        assert connection.execute("show timezone").fetchone() == ("UTC",)
