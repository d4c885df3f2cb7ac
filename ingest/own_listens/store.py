"""What a key's own listener reads back: the newest plays, what is playing now, and where importers stopped.

No play waits for this store. While it is unavailable reads raise :class:`StoreUnavailableError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, Protocol

from ingest.web.problems import RETRY_AFTER_SECONDS, ProblemCode, ProblemError

UNAVAILABLE: Final = "Listens cannot be read at the moment. Submitting them works; ask again later."
Facts = Mapping[str, Any]
"""The facts of a play by the names of its fields."""


class StoreUnavailableError(ProblemError):
    """The store does not answer; a later request may succeed."""

    def __init__(self) -> None:
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, ProblemCode.NOT_READY, UNAVAILABLE, headers=headers)


@dataclass(frozen=True)
class StoredListen:
    """A play as it is kept."""

    played_at: datetime
    received_at: datetime
    track: Facts


@dataclass(frozen=True)
class Bounds:
    """How many plays are kept of a listener, and the times of the first and the last."""

    count: int = 0
    oldest: datetime | None = None
    latest: datetime | None = None


class ListenStore(Protocol):
    """Where listeners read from. ``listener`` is the first 32 hex digits of the hash."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    async def read(
        self, listener: str, start: datetime, end: datetime, count: int, *, oldest_first: bool
    ) -> list[StoredListen]: ...
    async def read_bounds(self, listener: str) -> Bounds: ...
    async def read_playing(self, listener: str) -> Facts | None: ...
    async def set_playing(self, listener: str, track: Facts, lasts: timedelta) -> None: ...
    async def read_latest_import(self, listener: str, service: str) -> int: ...
    async def set_latest_import(self, listener: str, service: str, latest: int) -> None: ...


class NoListens:
    """The store of an ingest without Postgres: nothing is found, nothing is kept."""

    async def open(self) -> None:
        """There is nothing to open."""

    async def close(self) -> None:
        """There is nothing to close."""

    async def read(
        self, listener: str, start: datetime, end: datetime, count: int, *, oldest_first: bool
    ) -> list[StoredListen]:
        """No plays."""
        return []

    async def read_bounds(self, listener: str) -> Bounds:
        """None of them."""
        return Bounds()

    async def read_playing(self, listener: str) -> Facts | None:
        """Nothing plays."""
        return None

    async def set_playing(self, listener: str, track: Facts, lasts: timedelta) -> None:
        """It is not kept."""

    async def read_latest_import(self, listener: str, service: str) -> int:
        """Importers begin at the beginning, which counts once."""
        return 0

    async def set_latest_import(self, listener: str, service: str, latest: int) -> None:
        """It is not kept."""
