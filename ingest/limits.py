"""How large a body may be, enforced while it streams in."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.problems import ProblemCode, ProblemError

MAXIMUM_PLAY_BYTES: Final = 10_240
MAXIMUM_BATCH_BYTES: Final = 10_240_000
MAXIMUM_BATCH_PLAYS: Final = 1_000


class BodyLimit:
    """ASGI middleware: the reader of a body that grows past its path's limit gets a ``413``.

    ``limits`` maps a path to bytes; every other path may have ``default`` bytes. No more than the
    limit and one chunk of the server's is ever held, whatever ``Content-Length`` says.
    """

    def __init__(self, app: ASGIApp, limits: Mapping[str, int], default: int) -> None:
        self._app = app
        self._limits = limits
        self._default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            receive = _limit(scope, receive, self._limits.get(scope["path"], self._default))
        await self._app(scope, receive, send)


def _limit(scope: Scope, receive: Receive, limit: int) -> Receive:
    taken = _declared_length(scope) if _declared_length(scope) > limit else 0

    async def receive_within_limit() -> Message:
        nonlocal taken
        if taken > limit:
            raise too_large(limit)
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise too_large(limit)
        return message

    return receive_within_limit


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def too_large(limit: int) -> ProblemError:
    """A body of more than ``limit`` bytes."""
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ProblemCode.BODY_TOO_LARGE,
        f"The body may take {limit} bytes.",
    )


def too_many(count: int) -> ProblemError:
    """A batch of ``count`` plays, more than one request may carry."""
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ProblemCode.TOO_MANY_PLAYS,
        f"A request may carry {MAXIMUM_BATCH_PLAYS} plays, not {count}.",
    )
