"""The way past the framework for the routes that every play takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.plays.replies import JSON, Reply
from ingest.web.error_answers import answer_error

Endpoint = Callable[[Scope, Receive], Awaitable[Reply]]


class FastPath:
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
        try:
            reply = await endpoint(scope, receive)
        except Exception as error:
            await answer_error(Request(scope), error)(scope, receive, send)
        else:
            await _send(reply, send)


def as_route(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """The same endpoint for a router."""

    async def answer(request: Request) -> Response:
        reply = await endpoint(request.scope, request.receive)
        response = Response(reply.body, reply.status, media_type=JSON.decode())
        response.raw_headers.extend(reply.headers)
        return response

    return answer


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request; raises ``ClientDisconnect`` when it breaks off."""
    message = await receive()
    parts = [message.get("body", b"")]
    while message["type"] != "http.disconnect" and message.get("more_body", False):
        message = await receive()
        parts.append(message.get("body", b""))
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return b"".join(parts)


async def _send(reply: Reply, send: Send) -> None:
    headers = [(b"content-type", JSON), (b"content-length", b"%d" % len(reply.body)), *reply.headers]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
