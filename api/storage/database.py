"""The api's way into Postgres: a small pool of read-only connections."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Annotated, Any, Final, Self

from fastapi import Depends, Request
from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import make_conninfo
from psycopg.errors import QueryCanceled
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Composed
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from api.settings import Settings

ROLE: Final = "reader"
LARGEST_POOL: Final = 8
WAIT_SECONDS: Final = 2.0
"""How long a request waits for a connection before it is answered with 503."""
ANSWER_SECONDS: Final = 5.0
"""How long a request waits for all of its answer: as long as Postgres lets a statement of this role run."""
PAUSE_SECONDS: Final = 1.0
"""How long after a failure no request tries again, so that a queue of them does not wait for nothing."""
RECONNECT_SECONDS: Final = 4.0
"""Seconds of reconnecting to Postgres; after them the next request starts over, so recovery never waits for a long
back-off."""

Rows = Sequence[dict[str, Any]]
Statement = SQL | Composed | bytes

_log = logging.getLogger(__name__)


def connection_string(settings: Settings) -> str:
    """How to reach Postgres as the reading role, with every time in UTC."""
    return make_conninfo(
        host=settings.postgres_host,
        port=settings.postgres_port,
        dbname=settings.postgres_database,
        user=ROLE,
        password=settings.postgres_reader_password.get_secret_value(),
        application_name="api",
        connect_timeout=2,
        keepalives_idle=10,
        tcp_user_timeout=10_000,
        options="-c timezone=UTC",
    )


class DatabaseUnavailableError(OperationalError):
    """Postgres did not answer in time."""


class Database:
    """Runs one statement at a time; raises ``psycopg.OperationalError`` when Postgres is unavailable.

    A frozen Postgres keeps its connections and answers nothing, so no request waits longer than
    :data:`ANSWER_SECONDS`; after a failure requests fail at once for :data:`PAUSE_SECONDS`.
    """

    def __init__(self, settings: Settings) -> None:
        self._paused_until = 0.0
        self._left_behind: set[asyncio.Task[Any]] = set()
        self._pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
            connection_string(settings),
            kwargs={"autocommit": True, "row_factory": dict_row},
            min_size=1,
            max_size=LARGEST_POOL,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            open=False,
        )

    async def __aenter__(self) -> Self:
        """Start connecting; Postgres may still be unavailable."""
        await self._pool.open()
        return self

    async def __aexit__(self, *reason: object) -> None:
        """Give every connection back."""
        await self._pool.close()

    async def fetch_all(self, statement: Statement, parameters: Mapping[str, object]) -> Rows:
        """Every row of one statement, by column name."""
        if monotonic() < self._paused_until:
            raise DatabaseUnavailableError("Postgres did not answer a moment ago")
        asking = asyncio.create_task(self._ask(statement, parameters))
        answered, _ = await asyncio.wait({asking}, timeout=ANSWER_SECONDS)
        if not answered:
            self._leave_behind(asking)
            raise DatabaseUnavailableError(f"Postgres has not answered for {ANSWER_SECONDS} s")
        return asking.result()

    async def _ask(self, statement: Statement, parameters: Mapping[str, object]) -> Rows:
        try:
            return await self._run_again_if_cut(statement, parameters)
        except PoolTimeout:
            self._pause()
            raise

    async def _run_again_if_cut(self, statement: Statement, parameters: Mapping[str, object]) -> Rows:
        """Cheaper than to try a connection before each use: one that was cut is noticed here, with all others."""
        try:
            return await self._run(statement, parameters)
        except (PoolTimeout, QueryCanceled):
            raise
        except OperationalError:
            await self._pool.check()
            return await self._run(statement, parameters)

    async def _run(self, statement: Statement, parameters: Mapping[str, object]) -> Rows:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, parameters)
            return await cursor.fetchall()

    def _leave_behind(self, asking: asyncio.Task[Any]) -> None:
        """Let a task that cannot be cancelled end by itself: cancelling asks Postgres, which does not answer."""
        self._pause()
        self._left_behind.add(asking)
        asking.add_done_callback(self._take_leave)

    def _take_leave(self, asking: asyncio.Task[Any]) -> None:
        self._left_behind.discard(asking)
        if not asking.cancelled() and asking.exception():
            _log.info("A statement that was no longer waited for has failed: %s", asking.exception())

    def _pause(self) -> None:
        self._paused_until = monotonic() + PAUSE_SECONDS

    async def fetch_one(self, statement: Statement, parameters: Mapping[str, object]) -> dict[str, Any] | None:
        """The first row of one statement, or None."""
        rows = await self.fetch_all(statement, parameters)
        return rows[0] if rows else None


async def get_database(request: Request) -> Database:
    """The database of the app that serves this request."""
    # FastAPI would run a plain function in a thread, which takes longer than all the rest of a dependency.
    database: Database = request.app.state.database
    return database


DatabaseDependency = Annotated[Database, Depends(get_database)]
