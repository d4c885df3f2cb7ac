"""The store in Postgres, schema ``listens``. The live counter writes the plays there, ingest the rest."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import AsyncConnection, Error
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from ingest.own_listens.store import Bounds, Facts, StoredListen, StoreUnavailableError

WAIT_SECONDS: Final = 2.0
"""How long a request waits for a connection. The role's own time-out bounds the statement."""
LARGEST_POOL: Final = 2
IDLE_SECONDS: Final = 60.0

_READ: Final = """
    select played_at, received_at, track from listens.recent
    where listener = %(listener)s and played_at >= %(start)s and played_at < %(end)s
    order by played_at desc, identity desc
    limit %(count)s
"""
_BOUNDS: Final = "select count(*), min(played_at), max(played_at) from listens.recent where listener = %(listener)s"
_PLAYING: Final = "select track from listens.playing_now where listener = %(listener)s and playing_until > now()"
_SET_PLAYING: Final = """
    insert into listens.playing_now (listener, playing_until, track)
    values (%(listener)s, now() + %(lasts)s, %(track)s)
    on conflict (listener) do update set playing_until = excluded.playing_until, track = excluded.track
"""
_IMPORTED: Final = """
    select latest_import from listens.latest_imports where listener = %(listener)s and service = %(service)s
"""
_SET_IMPORTED: Final = """
    insert into listens.latest_imports (listener, service, latest_import)
    values (%(listener)s, %(service)s, %(latest)s)
    on conflict (listener, service) do update set latest_import = excluded.latest_import
"""
logger = logging.getLogger(__name__)


class PostgresListens:
    """Each call is one statement. Connections are opened when they are needed."""

    def __init__(self, host: str, port: int, database: str, password: str) -> None:
        self._conninfo = make_conninfo(
            host=host,
            port=port,
            dbname=database,
            user="ingest",
            password=password,
            application_name="ingest",
            connect_timeout=2,
            tcp_user_timeout=5_000,
            options="-c timezone=UTC -c jit=off",
        )

    async def open(self) -> None:
        """Begin; Postgres may still be unavailable."""
        self._pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            self._conninfo,
            kwargs={"autocommit": True},
            min_size=0,
            max_size=LARGEST_POOL,
            timeout=WAIT_SECONDS,
            max_idle=IDLE_SECONDS,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )
        await self._pool.open()

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    async def read(
        self, listener: str, start: datetime, end: datetime, count: int, *, oldest_first: bool
    ) -> list[StoredListen]:
        """Return the plays of ``[start, end)``: the newest so many, or the oldest so many."""
        statement = _READ.replace(" desc", "") if oldest_first else _READ
        rows = await self._run(statement, {"listener": listener, "start": start, "end": end, "count": count})
        return [StoredListen(*row) for row in rows]

    async def read_bounds(self, listener: str) -> Bounds:
        """Return how many plays are kept, and from when to when."""
        return Bounds(*(await self._run(_BOUNDS, {"listener": listener}))[0])

    async def read_playing(self, listener: str) -> Facts | None:
        """Return what is playing now."""
        rows = await self._run(_PLAYING, {"listener": listener})
        return rows[0][0] if rows else None

    async def set_playing(self, listener: str, track: Facts, lasts: timedelta) -> None:
        """Keep what is playing now for as long as it lasts."""
        await self._run(_SET_PLAYING, {"listener": listener, "track": Jsonb(dict(track)), "lasts": lasts})

    async def read_latest_import(self, listener: str, service: str) -> int:
        """Return where the importer of a service stopped, 0 for never."""
        rows = await self._run(_IMPORTED, {"listener": listener, "service": service})
        return rows[0][0] if rows else 0

    async def set_latest_import(self, listener: str, service: str, latest: int) -> None:
        """Keep where the importer of a service stopped."""
        await self._run(_SET_IMPORTED, {"listener": listener, "service": service, "latest": latest})

    async def _run(self, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(statement.encode(), parameters)
                return await cursor.fetchall() if cursor.description else []
        except (Error, PoolTimeout, PoolClosed) as error:
            logger.warning("listens cannot be read or kept: %s", str(error).strip())
            raise StoreUnavailableError from error
