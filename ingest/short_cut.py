"""The way past the framework for the routes that every play takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.error_answers import answer_error

Endpoint = Callable[[Request], Awaitable[Response]]


class ShortCut:
    """In front of ``app``: a ``POST`` to one of ``endpoints`` (by path) is answered without it.

    Matching, exit stacks and handlers cost a play more than its checks do. The app has the same
    routes, which answer other methods.
    """

    def __init__(self, app: ASGIApp, endpoints: Mapping[str, Endpoint]) -> None:
        self._app = app
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = self._endpoints.get(scope["path"]) if scope["type"] == "http" else None
        if endpoint is None or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        response = await _ask(endpoint, Request(scope, receive))
        await response(scope, receive, send)


async def _ask(endpoint: Endpoint, request: Request) -> Response:
    try:
        return await endpoint(request)
    except Exception as error:
        return answer_error(request, error)
