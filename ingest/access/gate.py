"""Who is let in: a request with a valid key that has not used up its allowance."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.types import Scope

from ingest.access.allowances import Allowances
from ingest.access.authentication import Key, KeyRing
from ingest.web.problems import ProblemCode, ProblemError

ANSWER_HEADERS: Final = "answer_headers"
"""Where a request's scope keeps headers that its answer will carry, whatever that will be."""
KEY_NAME: Final = "key_name"
"""Where a request's scope keeps the name of its key; missing while it has shown no valid one."""


class Gate:
    """Keys and their allowances, asked before anything else is done for a request."""

    def __init__(self, keys: KeyRing, allowances: Allowances) -> None:
        self._keys = keys
        self._allowances = allowances
        self._limit = (b"x-ratelimit-limit", b"%d" % allowances.plays)

    def identify(self, scope: Scope) -> Key:
        """The key of the request with a scope; raises a ``401`` problem."""
        key = self._keys.identify(_find_authorization(scope))
        scope[KEY_NAME] = key.name
        return key

    def admit(self, scope: Scope) -> Key:
        """The request's key, for one play's worth of its allowance; raises a ``401`` or a ``429``."""
        key = self.identify(scope)
        self.charge(scope, key, 1)
        return key

    def charge(self, scope: Scope, key: Key, plays: int) -> None:
        """Take more from the key's allowance; raises a ``429``."""
        granted = self._allowances.spend(key.name, plays)
        left, seconds = self._allowances.describe(key.name)
        scope[ANSWER_HEADERS] = [
            self._limit,
            (b"x-ratelimit-remaining", b"%d" % left),
            (b"x-ratelimit-reset-in", b"%d" % seconds),
        ]
        if not granted:
            raise _limited(left, seconds)


def _find_authorization(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"authorization":
            return str(value, "latin-1")
    return None


def _limited(remaining: int, seconds: int) -> ProblemError:
    detail = f"This key may post {remaining} more plays in the next {seconds} seconds."
    return ProblemError(
        HTTPStatus.TOO_MANY_REQUESTS, ProblemCode.RATE_LIMITED, detail, headers={"Retry-After": str(seconds)}
    )
