"""Fan out Postgres notifications of changed charts to the subscribers of server-sent events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Any, Final

import psycopg
from psycopg.errors import UndefinedTable
from psycopg.sql import SQL, Identifier

CHANNEL: Final = "charts_updated"
"""Notified when charts changed, by the stream up to once a second.

Any role can notify: Postgres has no privilege for it. So a notification is a hint alone, and its payload is not read.
"""
PROGRESS: Final = SQL("select complete_through, settled_through, heartbeat_at from charts.chart_progress")
"""What differs after every genuine notification: the counter and settle_charts write it first."""
LOOK_SECONDS: Final = 0.25
"""The least time between two looks at the progress, however often somebody notifies."""
REST_SECONDS: Final = 1.0
"""The least time between two events of a subscriber: what comes sooner is told together, when it has passed."""
RETRY_SECONDS: Final = 1.0
MOST_STREAMS: Final = 1_000
"""Open streams of one process; further ones are refused with ``Retry-After``."""
MOST_STREAMS_PER_CLIENT: Final = 100
"""Of them, those of one address: a large office behind one router."""

_log = logging.getLogger(__name__)


class ChartUpdates:
    """Passes each notification on to everyone who follows; the slow get the newest alone."""

    def __init__(self) -> None:
        self._subscribers: dict[asyncio.Queue[str | None], str] = {}
        self._callbacks: list[Callable[[], None]] = []
        self._has_ended = False
        self._rested_at = 0.0
        self._waiting: asyncio.TimerHandle | None = None
        self._payload = ""

    @property
    def subscribers(self) -> int:
        """How many follow right now."""
        return len(self._subscribers)

    def is_full_for(self, client: str) -> bool:
        """Whether no further stream can be opened, or none by this address."""
        if len(self._subscribers) >= MOST_STREAMS:
            return True
        return sum(one == client for one in self._subscribers.values()) >= MOST_STREAMS_PER_CLIENT

    def call_on_update(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` at each notification, at once, and before any subscriber gets it."""
        self._callbacks.append(callback)

    def tell(self, payload: str) -> None:
        """Hand the newest ``payload`` to every subscriber, at most once in :data:`REST_SECONDS`."""
        for callback in self._callbacks:
            callback()
        self._payload = payload
        if not self._subscribers or self._waiting is not None:
            return
        loop = asyncio.get_running_loop()
        rest = self._rested_at - loop.time()
        if rest > 0:
            self._waiting = loop.call_later(rest, self._tell_now)
        else:
            self._tell_now()

    def _tell_now(self) -> None:
        self._waiting = None
        self._rested_at = asyncio.get_running_loop().time() + REST_SECONDS
        self._hand_out(self._payload)

    def end(self) -> None:
        """Let every subscriber's stream end, those to come included: the process is about to stop."""
        self._has_ended = True
        self._hand_out(None)

    def _hand_out(self, payload: str | None) -> None:
        for queue in self._subscribers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(payload)

    async def follow(self, client: str = "") -> AsyncGenerator[str, None]:
        """Every payload from now on; ends with its reader, or with the process."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=1)
        self._subscribers[queue] = client
        try:
            while not self._has_ended and (payload := await queue.get()) is not None:
                yield payload
        finally:
            del self._subscribers[queue]

    async def listen(self, connection_string: str) -> None:
        """Hear notifications until cancelled, also across outages of Postgres.

        After an outage subscribers are told that something may have changed, with an empty payload.
        """
        while True:
            try:
                await self._listen_once(connection_string)
            except psycopg.OperationalError as error:
                _log.warning("Not listening for new charts: %s", error)
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self, connection_string: str) -> None:
        async with await psycopg.AsyncConnection.connect(connection_string, autocommit=True) as connection:
            await connection.execute(SQL("listen {}").format(Identifier(CHANNEL)))
            told = await _read_progress(connection)
            self.tell("")
            while True:
                async for _ in connection.notifies(stop_after=1):
                    pass
                progress = await _read_progress(connection)
                if progress != told:
                    told = progress
                    self.tell(progress[0].isoformat() if progress and progress[0] else "")
                await asyncio.sleep(LOOK_SECONDS)


async def _read_progress(connection: psycopg.AsyncConnection[Any]) -> tuple[datetime | None, ...] | None:
    """Return how far the charts are complete and when that was written; None before the first charts are built."""
    try:
        return await (await connection.execute(PROGRESS)).fetchone()
    except UndefinedTable:
        return None
