"""The api's way into Postgres: a small pool of read-only connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Self

from fastapi import Depends, Request
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Composed
from psycopg_pool import AsyncConnectionPool

from api.settings import Settings

ROLE: Final = "reader"
LARGEST_POOL: Final = 8
WAIT_SECONDS: Final = 2.0
"""How long a request waits for a connection before it is answered with 503."""
RECONNECT_SECONDS: Final = 4.0
"""A lost connection is sought this long; after it the next request seeks anew, so recovery never
waits for a long back-off."""


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


class Database:
    """Runs one statement at a time; raises ``psycopg.OperationalError`` when Postgres is away."""

    def __init__(self, settings: Settings) -> None:
        self._pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
            connection_string(settings),
            kwargs={"autocommit": True, "row_factory": dict_row},
            min_size=1,
            max_size=LARGEST_POOL,
            timeout=WAIT_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )

    async def __aenter__(self) -> Self:
        """Start connecting; Postgres may still be away."""
        await self._pool.open()
        return self

    async def __aexit__(self, *reason: object) -> None:
        """Give every connection back."""
        await self._pool.close()

    async def fetch_all(self, statement: SQL | Composed, parameters: Mapping[str, object]) -> Sequence[dict[str, Any]]:
        """Every row of one statement, by column name."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement, parameters)
            return await cursor.fetchall()

    async def fetch_one(self, statement: SQL | Composed, parameters: Mapping[str, object]) -> dict[str, Any] | None:
        """The first row of one statement, or None."""
        rows = await self.fetch_all(statement, parameters)
        return rows[0] if rows else None


def get_database(request: Request) -> Database:
    """The database of the app that serves this request."""
    database: Database = request.app.state.database
    return database


DatabaseDependency = Annotated[Database, Depends(get_database)]
