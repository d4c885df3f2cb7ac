"""Add headers to every response of an ASGI app, chosen by the path that was requested."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]


class AddedHeaders:
    """ASGI middleware; ``choose`` returns the headers for a path."""

    def __init__(self, app: ASGIApp, choose: Callable[[str], Headers]) -> None:
        self._app = app
        self._choose = choose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app respond, with the headers of the path added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = self._choose(scope["path"])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)
