"""Asks ingest whether it can take a play; ``GET /status`` passes the answer on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Final

import httpx

TIMEOUT_SECONDS: Final = 1.0
KEPT_SECONDS: Final = 1.0
"""An answer serves everyone who asks this long, so that many dashboards do not load ingest."""


@dataclass(frozen=True)
class IngestSeen:
    """What ingest last said. Times are UTC, since this process started."""

    is_ready: bool
    last_success: datetime | None = None
    last_error: str | None = None


class IngestProbe:
    """Keeps the last answer for a second. ``url`` is ingest's address without a path."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._address = f"{url.rstrip('/')}/readyz"
        self._lock = asyncio.Lock()
        self._seen = IngestSeen(is_ready=False)
        self._asked_at = -KEPT_SECONDS

    async def ask(self) -> IngestSeen:
        """The last answer, at most a second old; never raises because ingest is unavailable."""
        async with self._lock:
            if monotonic() - self._asked_at >= KEPT_SECONDS:
                self._seen = await self._look()
                self._asked_at = monotonic()
            return self._seen

    async def _look(self) -> IngestSeen:
        try:
            reply = await self._client.get(self._address, timeout=TIMEOUT_SECONDS)
            reply.raise_for_status()
        except httpx.HTTPStatusError as error:
            return self._failed(f"readyz answers {error.response.status_code}")
        except httpx.HTTPError as error:
            return self._failed(f"readyz does not answer: {type(error).__name__}")
        return IngestSeen(is_ready=True, last_success=datetime.now(UTC), last_error=self._seen.last_error)

    def _failed(self, reason: str) -> IngestSeen:
        return IngestSeen(is_ready=False, last_success=self._seen.last_success, last_error=reason)
