"""How large a body may be and how long it may take, enforced while it streams in."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.compression import unpack
from ingest.problems import ProblemCode, ProblemError, busy

MAXIMUM_PLAY_BYTES: Final = 10_240
MAXIMUM_BATCH_BYTES: Final = 10_240_000
MAXIMUM_BATCH_PLAYS: Final = 1_000
BODY_SECONDS: Final = 30.0
BODIES_BYTES: Final = 10_485_760
"""What the bodies of all requests under way may take together: a largest one, or many of the usual size."""

Headers = Iterable[tuple[bytes, bytes]]


class BodyLimit:
    """ASGI middleware: the reader of a body that is too large, slow or broken gets a problem.

    ``limits`` maps a path to bytes; every other path may have ``default`` bytes, plain and
    compressed alike. No more than the limit and one chunk of the server's is ever held, whatever
    ``Content-Length`` says, and by all requests together no more than ``together`` bytes. The last
    byte of a body is ``seconds`` away at most.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Mapping[str, int],
        default: int,
        seconds: float = BODY_SECONDS,
        together: int = BODIES_BYTES,
    ) -> None:
        self._app = app
        self._limits = limits
        self._default = default
        self._seconds = seconds
        self._room = together

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(self, scope["headers"], receive, self._limits.get(scope["path"], self._default), self._seconds)
        try:
            await self._app(scope, body.receive, send)
        finally:
            self._room += body.held

    def take(self, size: int) -> None:
        """Reserve memory for a part of a body; raises a ``503`` when there is none."""
        if size > self._room:
            raise busy()
        self._room -= size


class _Body:
    """One request's body on its way in."""

    __slots__ = ("_deadline", "_headers", "_limit", "_packed", "_plain", "_seconds", "_shared", "_source", "held")

    def __init__(self, shared: BodyLimit, headers: Headers, receive: Receive, limit: int, seconds: float) -> None:
        self.held = 0
        self._shared = shared
        self._headers = headers
        self._limit = limit
        self._seconds = seconds
        self._source = receive
        self._packed = 0
        self._plain: Receive | None = None
        self._deadline: float | None = None

    async def receive(self) -> Message:
        """The next part of the plain body."""
        if self._plain is None:
            self._plain = self._open()
        message = await self._plain()
        size = len(message.get("body", b""))
        if self.held + size > self._limit:
            raise too_large(self._limit)
        self._shared.take(size)
        self.held += size
        return message

    def _open(self) -> Receive:
        declared, encoding = _describe(self._headers)
        if declared > self._limit:
            raise too_large(self._limit)
        if encoding in ("", "identity"):
            return self._receive_in_time
        return unpack(self._receive_counted, encoding, self._limit)

    async def _receive_counted(self) -> Message:
        message = await self._receive_in_time()
        self._packed += len(message.get("body", b""))
        if self._packed > self._limit:
            raise too_large(self._limit)
        return message

    async def _receive_in_time(self) -> Message:
        # A body that came with its head is there at once: a clock for each would cost more than its checks.
        steps = self._source().__await__()
        try:
            first = next(steps)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        return await self._wait_for(_Rest(first, steps))

    async def _wait_for(self, message: _Rest) -> Message:
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                return await message
        except TimeoutError as error:
            raise _too_slow(self._seconds) from error


class _Rest:
    """What is left of an awaitable that was begun and has to wait for ``first``."""

    def __init__(self, first: Any, steps: Generator[Any, None, Message]) -> None:
        self._first = first
        self._steps = steps

    def __await__(self) -> Generator[Any, None, Message]:
        yield self._first
        return (yield from self._steps)


def _describe(headers: Headers) -> tuple[int, str]:
    """How long the body is said to be, 0 when nothing sensible is said, and how it is packed."""
    declared, encodings = 0, b""
    for name, value in headers:
        if name == b"content-length" and value.isdigit():
            declared = int(value)
        elif name == b"content-encoding":
            encodings += b"," + value if encodings else value
    return declared, str(encodings, "latin-1").strip().lower() if encodings else ""


def too_large(limit: int) -> ProblemError:
    """A body of more than ``limit`` bytes."""
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ProblemCode.BODY_TOO_LARGE,
        f"The body may take {limit} bytes, also when it is unpacked.",
    )


def too_many() -> ProblemError:
    """A batch of more plays than one request may carry."""
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ProblemCode.TOO_MANY_PLAYS,
        f"A request may carry {MAXIMUM_BATCH_PLAYS} plays.",
    )


def _too_slow(seconds: float) -> ProblemError:
    # What is left of the body would be taken for the next request.
    headers = {"Connection": "close"}
    detail = f"The body took longer than {seconds:g} seconds."
    return ProblemError(HTTPStatus.REQUEST_TIMEOUT, ProblemCode.BODY_TOO_SLOW, detail, headers=headers)
