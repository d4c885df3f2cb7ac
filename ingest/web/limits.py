"""How large a body may be and how long it may take, enforced while it streams in."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.access.gate import KEY_NAME
from ingest.web.compression import unpack
from ingest.web.problems import ProblemCode, ProblemError, busy

MAXIMUM_PLAY_BYTES: Final = 10_240
MAXIMUM_BATCH_BYTES: Final = 10_240_000
MAXIMUM_BATCH_PLAYS: Final = 1_000
BODY_SECONDS: Final = 30.0
KEY_BYTES: Final = 10_485_760
"""What the bodies of one key's requests under way may take: a largest one, or many of the usual size."""
BODIES_BYTES: Final = 2 * KEY_BYTES
"""What the bodies of all requests under way may take together, beyond the size of a play each."""
SLOWEST_BYTES_A_SECOND: Final = 50_000
GRACE_SECONDS: Final = 5.0
"""A body larger than a play comes at that rate or faster, after so many seconds."""

Headers = Iterable[tuple[bytes, bytes]]


class BodyLimit:
    """ASGI middleware: the reader of a body that is too large, slow or broken gets a problem.

    ``limits`` maps a path to bytes; every other path may have ``default`` bytes, plain and
    compressed alike. No more than the limit and one chunk of the server's is ever held, whatever
    ``Content-Length`` says. The first ``default`` bytes of a body always have room; beyond them the
    requests of one key hold ``per_key`` bytes and all requests ``together``. The last byte of a body
    is ``seconds`` away at most.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Mapping[str, int],
        default: int,
        seconds: float = BODY_SECONDS,
        together: int = BODIES_BYTES,
        per_key: int = KEY_BYTES,
    ) -> None:
        self._app = app
        self._limits = limits
        self.free = default
        self._seconds = seconds
        self._room = together
        self._per_key = per_key
        self._held_by: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(self, scope, receive, self._limits.get(scope["path"], self.free), self._seconds)
        try:
            await self._app(scope, body.receive, send)
        finally:
            if body.held > self.free:
                self._give_back(body)

    def take(self, body: _Body, size: int) -> None:
        """Reserve memory for the next part of a body; raises a ``503`` when there is none."""
        beyond = max(0, body.held + size - self.free) - max(0, body.held - self.free)
        key = body.key_name
        if beyond > self._room or self._held_by.get(key, 0) + beyond > self._per_key:
            raise busy()
        self._room -= beyond
        self._held_by[key] = self._held_by.get(key, 0) + beyond

    def _give_back(self, body: _Body) -> None:
        beyond = body.held - self.free
        self._room += beyond
        left = self._held_by.pop(body.key_name) - beyond
        if left:
            self._held_by[body.key_name] = left


class _Body:
    """One request's body on its way in."""

    __slots__ = ("_began", "_limit", "_packed", "_plain", "_scope", "_seconds", "_shared", "_source", "held")

    def __init__(self, shared: BodyLimit, scope: Scope, receive: Receive, limit: int, seconds: float) -> None:
        self.held = 0
        self._shared = shared
        self._scope = scope
        self._limit = limit
        self._seconds = seconds
        self._source = receive
        self._packed = 0
        self._plain: Receive | None = None
        self._began: float | None = None

    @property
    def key_name(self) -> str:
        """The key that the request has shown; a body is read after that."""
        return str(self._scope.get(KEY_NAME, ""))

    async def receive(self) -> Message:
        """The next part of the plain body."""
        if self._plain is None:
            self._plain = self._open()
        message = await self._plain()
        size = len(message.get("body", b""))
        if self.held + size > self._limit:
            raise too_large(self._limit)
        if self.held + size > self._shared.free:
            self._shared.take(self, size)
        self.held += size
        return message

    def _open(self) -> Receive:
        declared, encoding = _describe(self._scope["headers"])
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
        if self._began is None:
            self._began = asyncio.get_running_loop().time()
        seconds = self._seconds
        if self.held > self._shared.free:
            seconds = min(seconds, GRACE_SECONDS + self.held / SLOWEST_BYTES_A_SECOND)
        try:
            async with asyncio.timeout_at(self._began + seconds):
                return await message
        except TimeoutError as error:
            raise _too_slow(seconds) from error


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
