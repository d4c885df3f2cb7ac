"""Recent answers, kept in memory within a bound.

An answer may be given again for as long as any cache may keep it, unless a round has changed charts since:
so a busy chart costs no query. When Postgres is unavailable, an older one is better than none; ``Age`` tells.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

Header = tuple[bytes, bytes]
LONGEST_KEY: Final = 500
"""Bytes of an address; what is longer is no question that many ask."""


@dataclass(frozen=True)
class CachedResponse:
    """One answer of ``200`` as it was sent. ``route`` is the route that made it."""

    headers: tuple[Header, ...]
    body: bytes
    etag: bytes
    max_age: int
    route: Any
    made_at: float
    generation: int

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + LONGEST_KEY


class CachedResponses:
    """The answers last asked for, ``largest_bytes`` of them at most; with 0 none is kept."""

    def __init__(self, largest_bytes: int, clock: Callable[[], float] = monotonic) -> None:
        self._largest_bytes = largest_bytes
        self._clock = clock
        self._answers: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self.bytes = 0
        self.generation = 0

    def now(self) -> float:
        """Seconds on the clock that ages are measured by."""
        return self._clock()

    def expire(self) -> None:
        """Charts have changed: what is kept is old from now on."""
        self.generation += 1

    def find(self, key: bytes) -> CachedResponse | None:
        """The answer kept under ``key``, whatever its age."""
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def age_of(self, answer: CachedResponse) -> float:
        """Seconds since it was made."""
        return self._clock() - answer.made_at

    def is_fresh(self, answer: CachedResponse) -> bool:
        """Whether it may be given as the current one."""
        return answer.generation == self.generation and self.age_of(answer) < answer.max_age

    def keep(self, key: bytes, answer: CachedResponse) -> None:
        """Keep an answer in place of those that were not asked for the longest."""
        if len(key) > LONGEST_KEY or answer.size > self._largest_bytes:
            return
        self._drop(key)
        self._answers[key] = answer
        self.bytes += answer.size
        while self.bytes > self._largest_bytes:
            self._drop(next(iter(self._answers)))

    def _drop(self, key: bytes) -> None:
        dropped = self._answers.pop(key, None)
        self.bytes -= dropped.size if dropped else 0
