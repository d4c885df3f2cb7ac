"""How many plays a key may post: rate limits."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerSecond
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter


class Windows(Storage):
    """What has been spent in the current window of each key.

    The library's own storage in memory starts a thread every hundredth of a second to forget old
    windows, which costs half of the plays a second. Here there are as many windows as names of keys.
    """

    STORAGE_SCHEME = ["windows"]  # noqa: RUF012 (the library's own shape)

    def __init__(self) -> None:
        super().__init__()
        self._spent: dict[str, int] = {}
        self._ends: dict[str, float] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing here can fail."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Spend, in a new window when the last one is over; what is spent in it."""
        now = time.monotonic()
        if self._ends.get(key, 0) <= now:
            self._ends[key], self._spent[key] = now + expiry, 0
        self._spent[key] += amount
        return self._spent[key]

    def get(self, key: str) -> int:
        """What is spent in the current window."""
        return self._spent[key] if self._ends.get(key, 0) > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """When the last window ends, or ended."""
        return self._ends.get(key, time.monotonic())

    def give_back(self, key: str, amount: int) -> None:
        """Take back what was spent in the current window."""
        self._spent[key] -= amount

    def describe(self, key: str) -> tuple[int, float]:
        """What is spent in the current window, and the seconds that are left of it."""
        seconds = self._ends.get(key, 0) - time.monotonic()
        return (self._spent[key], seconds) if seconds > 0 else (0, 0)

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget every window; how many there were."""
        windows = len(self._ends)
        self._ends.clear()
        return windows

    def clear(self, key: str) -> None:
        """Forget one window."""
        self._ends.pop(key, None)


class PlaysInWindow(RateLimitItemPerSecond):
    """So many plays in so many seconds; a window is named by its key alone, as there is one item."""

    def key_for(self, *identifiers: bytes | str | int | float) -> str:
        """The name of a key's window."""
        return str(identifiers[0])


class Allowances:
    """Every key's allowance: ``plays`` in each window of ``seconds``, counted by this process.

    A refused request costs nothing, so a smaller request afterwards is accepted.
    """

    def __init__(self, plays: int, seconds: int) -> None:
        self.plays = plays
        self._item = PlaysInWindow(plays, seconds)
        self._windows = Windows()
        self._limiter = FixedWindowRateLimiter(self._windows)

    def spend(self, name: str, plays: int) -> bool:
        """Take ``plays`` from the allowance of a key; false when it does not hold as many."""
        if self._limiter.hit(self._item, name, cost=plays):
            return True
        self._windows.give_back(name, plays)
        return False

    def describe(self, name: str) -> tuple[int, int]:
        """The plays that are left of a key's allowance, and the seconds until it is whole again."""
        spent, seconds = self._windows.describe(name)
        return max(0, self.plays - spent), max(1, math.ceil(seconds))
