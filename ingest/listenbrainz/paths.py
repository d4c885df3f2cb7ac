"""What ListenBrainz's server does with any request: it merges slashes and lets pages of any origin in."""

from __future__ import annotations

import re
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.listenbrainz.errors import PREFIX

_SLASHES: Final = re.compile(r"/{2,}")
_REPEATED_PREFIX: Final = re.compile(r"^(/1)+/")
_ANYWHERE: Final = re.compile(r"(submit-listens|validate-token)/?$")
"""Routes that are served below any base address, so that a wrong one loses nothing."""
_LASTFM_ANYWHERE: Final = re.compile(r"/2\.0/?$")
_LASTFM: Final = "/2.0/"
_ORIGIN: Final = (b"access-control-allow-origin", b"*")
_EXPOSED: Final = (b"access-control-expose-headers", b"Retry-After, X-RateLimit-Remaining, X-RateLimit-Reset-In")
PREFLIGHT: Final = (
    _ORIGIN,
    (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Authorization, Content-Type"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
)


class ListenBrainzPaths:
    """Middleware in front of everything that looks at a path. Other routes than ListenBrainz's pass as they are.

    A base address that ends in ``/`` or in ``/1/`` gives ``//1/…`` or ``/1//1/…`` with many clients; one that lacks
    ``/1``, or that holds the whole route already, gives ``/submit-listens`` or ``/1/submit-listens/1/submit-listens``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if "//" in path:
            path = _SLASHES.sub("/", path)
        if found := _ANYWHERE.search(path):
            path = PREFIX + found[1]
        elif _LASTFM_ANYWHERE.search(path):
            path = _LASTFM
        if path.startswith(PREFIX):
            path = _REPEATED_PREFIX.sub(PREFIX, path).rstrip("/")
            await self._answer({**scope, "path": path, "raw_path": path.encode()}, receive, send)
        elif path == scope["path"]:
            await self._app(scope, receive, send)
        else:
            await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 200, "headers": PREFLIGHT})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_to_any_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], _ORIGIN, _EXPOSED]}
            await send(message)

        await self._app(scope, receive, send_to_any_origin)
