"""Limits of a key beyond its rate: how old its plays may be, and how many listeners an unbound one has in an hour.

A key that is taken away from its user cannot fill the past or invent an audience. The key of the environment is exempt.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from ingest.access.authentication import Key
from ingest.observability.metrics import KEY_LISTENERS
from ingest.play import SubmittedPlay, write_instant
from ingest.plays.plain_forms import PlainPlay
from ingest.plays.refusals import Code, Refusal

WINDOW_SECONDS: Final = 3_600


class KeyLimits:
    """``oldest`` bounds the age of a play when it is posted, ``listeners`` those of one key in each hour of the clock.

    Listeners are counted by this process alone, by their hashes.
    """

    def __init__(self, oldest: timedelta, listeners: int, clock: Callable[[], float] = time.time) -> None:
        self._oldest = oldest
        self._most = listeners
        self._clock = clock
        self._window = 0
        self._seen: dict[str, set[str]] = {}

    def allow_all(self, plays: Sequence[PlainPlay], key: Key) -> bool:
        """Return whether every play is within the key's limits."""
        if key.is_local:
            return True
        earliest = write_instant(self._earliest())
        if not key.imports and any(play.played_at < earliest for play in plays):
            return False
        return key.has_listener or all(self._count(key, play.user_id) for play in plays)

    def refuse(self, play: SubmittedPlay, user_id: str, key: Key) -> Refusal | None:
        """Return why a play is beyond the key's limits, None when it is not; ``user_id`` is the listener's hash."""
        if key.is_local:
            return None
        if not key.imports and play.played_at < self._earliest():
            days = f"this key may post plays of the last {self._oldest.days} days"
            return Refusal("played_at", Code.TOO_OLD, f"{days}; a key for imports may post older ones")
        if not key.has_listener and not self._count(key, user_id):
            return Refusal("user_id", Code.TOO_MANY_LISTENERS, f"this key may post for {self._most} listeners an hour")
        return None

    def seconds_left(self) -> int:
        """Return after how many seconds listeners are counted from zero."""
        return WINDOW_SECONDS - int(self._clock()) % WINDOW_SECONDS

    def _earliest(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC) - self._oldest

    def _count(self, key: Key, user_id: str) -> bool:
        """Count a listener of the current hour; false for one too many."""
        window = int(self._clock()) // WINDOW_SECONDS
        if window != self._window:
            self._window = window
            self._seen.clear()
        seen = self._seen.setdefault(key.id, set())
        if len(seen) < self._most and user_id not in seen:
            seen.add(user_id)
            KEY_LISTENERS.labels(key.id).inc()
        return user_id in seen
