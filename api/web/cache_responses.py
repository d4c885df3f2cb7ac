"""ASGI middleware: answers from memory while they are fresh, or while Postgres is unavailable; ``304`` for all.

Of requests that find the same answer grown old, the first has a new one made and the others wait for it: thirty readers
of an open chart would ask Postgres thirty times a second for the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observability.metrics import Metrics
from api.web.cached_responses import CachedResponse, CachedResponses, Header
from api.web.media_types import LONGEST_ACCEPT, prefers_csv

_MAX_AGE: Final = b"max-age="
_WITHOUT_BODY: Final = (b"content-length", b"content-type")


def find_header(headers: Iterable[Header], name: bytes) -> bytes:
    """The first header of this name in lower case, or nothing."""
    return next((value for one, value in headers if one == name), b"")


def is_known(etag: bytes, if_none_match: bytes) -> bool:
    """Whether ``If-None-Match`` names this entity tag."""
    known = [tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")]
    return etag in known or b"*" in known


@dataclass
class _Recorder:
    """What the app answers: passed on at once, unless it is to be kept or replaced."""

    send: Send
    has_older: bool
    is_kept: bool = False
    is_replaced: bool = False
    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            caching = find_header(message["headers"], b"cache-control")
            self.is_kept = message["status"] == HTTPStatus.OK and caching.startswith(_MAX_AGE)
            self.is_replaced = self.has_older and message["status"] == HTTPStatus.SERVICE_UNAVAILABLE
        elif self.is_kept:
            self.body += message.get("body", b"")
        if not self.is_kept and not self.is_replaced:
            await self.send(message)


class CacheResponses:
    """Serves cacheable responses from ``memory`` while they are fresh, and adds those that it passes on."""

    def __init__(self, app: ASGIApp, memory: CachedResponses, metrics: Metrics) -> None:
        self._app = app
        self._memory = memory
        self._metrics = metrics
        self._in_making: dict[bytes, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the app answer and remember it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        key = _key(scope)
        found = await self._find_current(key)
        if found is not None:
            await self._give(found, scope, send, "fresh")
            return
        made = self._in_making[key] = asyncio.Event()
        try:
            await self._make(key, scope, receive, send)
        finally:
            made.set()
            if self._in_making.get(key) is made:
                del self._in_making[key]

    async def _find_current(self, key: bytes) -> CachedResponse | None:
        """The answer that is fresh, or that another request has made since this one came; None where there is none.

        Nobody waits for an answer of which none was kept before: it may be a stream without end.
        """
        asked_at, found = self._memory.now(), self._memory.find(key)
        in_making = self._in_making.get(key)
        if found is not None and in_making is not None and not self._memory.is_fresh(found):
            await in_making.wait()
            found = self._memory.find(key)
        is_current = found is not None and (self._memory.is_fresh(found) or found.made_at >= asked_at)
        return found if is_current else None

    async def _make(self, key: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._memory.find(key)
        made_at, generation = self._memory.now(), self._memory.generation
        recorder = _Recorder(send, has_older=found is not None)
        await self._app(scope, receive, recorder)
        if recorder.is_replaced and found is not None:
            await self._give(found, scope, send, "stale")
        elif recorder.is_kept:
            made = _answer(recorder, scope, made_at, generation)
            self._memory.keep(key, made)
            await _send(made, made.headers, scope, send)

    async def _give(self, answer: CachedResponse, scope: Scope, send: Send, kind: str) -> None:
        scope["route"] = answer.route
        self._metrics.count_cached(kind)
        age = b"%d" % int(self._memory.age_of(answer))
        await _send(answer, (*answer.headers, (b"age", age)), scope, send)


def _key(scope: Scope) -> bytes:
    accept = find_header(scope["headers"], b"accept")[:LONGEST_ACCEPT]
    kind = b"csv" if b"csv" in accept.lower() and prefers_csv(accept.decode("latin-1")) else b""
    return b"\0".join((scope["path"].encode(), scope["query_string"], kind))


def _answer(recorder: _Recorder, scope: Scope, made_at: float, generation: int) -> CachedResponse:
    headers = tuple(recorder.start["headers"])
    return CachedResponse(
        headers=headers,
        body=bytes(recorder.body),
        etag=find_header(headers, b"etag"),
        max_age=int(find_header(headers, b"cache-control").removeprefix(_MAX_AGE)),
        route=scope.get("route"),
        made_at=made_at,
        generation=generation,
    )


async def _send(answer: CachedResponse, headers: Iterable[Header], scope: Scope, send: Send) -> None:
    """The answer, or ``304`` without its body when the client holds the same."""
    if is_known(answer.etag, find_header(scope["headers"], b"if-none-match")):
        caching = [header for header in headers if header[0] not in _WITHOUT_BODY]
        await send({"type": "http.response.start", "status": HTTPStatus.NOT_MODIFIED.value, "headers": caching})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": HTTPStatus.OK.value, "headers": list(headers)})
    await send({"type": "http.response.body", "body": answer.body})
