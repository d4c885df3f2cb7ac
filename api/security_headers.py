"""Headers that tell a browser what a page of the api may do."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]

EVERYWHERE: Final[Headers] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
)
# Their pages carry scripts of their own inside: no other site may frame them.
TOOL_PAGES: Final = ("/docs", "/lineage")
TOOLS: Final[Headers] = (
    (
        b"content-security-policy",
        b"default-src 'self' data:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-frame-options", b"DENY"),
)
# The dashboard may be shown in a frame of another site. React sets the style of single elements.
DASHBOARD: Final[Headers] = (
    (
        b"content-security-policy",
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
        b"base-uri 'none'; form-action 'self'",
    ),
)


class SecurityHeaders:
    """ASGI middleware that adds them to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, with the headers of the path added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = (*EVERYWHERE, *(TOOLS if scope["path"].startswith(TOOL_PAGES) else DASHBOARD))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)
