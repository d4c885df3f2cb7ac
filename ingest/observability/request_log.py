"""A line of JSON for each request that went wrong, and an id to find it by.

Plays that were taken are counted, not logged: at a thousand a second nobody reads them.
"""

from __future__ import annotations

import logging
import random
import re
import time
from contextvars import ContextVar
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.access.gate import ANSWER_HEADERS, KEY_NAME
from ingest.observability.metrics import REFUSED_REQUESTS

REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The request that is being answered here and now."""
# A member of an enumeration is looked up at each use.
BAD_REQUEST: Final = int(HTTPStatus.BAD_REQUEST)
SERVER_ERROR: Final = int(HTTPStatus.INTERNAL_SERVER_ERROR)
COUNTED: Final = frozenset({401, 408, 413, 429, 500, 503})
"""What an attack or a shortage looks like; faults of single plays are counted by their codes."""
ROUTES: Final = frozenset({"/play", "/plays", "/1/submit-listens", "/1/validate-token"})
OTHER_ROUTE: Final = "other"
_ACCEPTABLE_ID: Final = re.compile(rb"[A-Za-z0-9_.:\-]{1,64}")

logger = logging.getLogger("ingest.requests")


class RequestLog:
    """ASGI middleware: gives each request an id, or keeps the client's, and logs how it ended.

    Every answer carries the id as ``X-Request-Id``, and the headers that :class:`~ingest.access.gate.Gate`
    left for it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _find_id(scope)
        REQUEST_ID.set(request_id)
        started = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    *scope.get(ANSWER_HEADERS, ()),
                ]
                status = message["status"]
                if status >= BAD_REQUEST:
                    _count(scope, status)
                _log(scope, status, time.perf_counter() - started)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class RequestIdFilter(logging.Filter):
    """Adds ``request_id`` to every record that is made while a request is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        record.request_id = REQUEST_ID.get()
        return True


def _find_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ACCEPTABLE_ID.fullmatch(value):
            return str(value, "ascii")
    # To tell requests apart, not to keep a secret: no system call for each.
    return f"{random.getrandbits(128):032x}"


def _count(scope: Scope, status: int) -> None:
    if status not in COUNTED:
        return
    route = scope["path"] if scope["path"] in ROUTES else OTHER_ROUTE
    REFUSED_REQUESTS.labels(route, str(status), scope.get(KEY_NAME, "")).inc()


def _log(scope: Scope, status: int, seconds: float) -> None:
    level = _level(status)
    if not logger.isEnabledFor(level):
        return
    details = {
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "code": scope.get("problem"),
        "milliseconds": round(seconds * 1000, 1),
        "client": scope["client"][0] if scope.get("client") else None,
        "key": scope.get(KEY_NAME),
    }
    logger.log(level, "%s %s: %s", scope["method"], scope["path"], status, extra=details)


def _level(status: int) -> int:
    if status >= SERVER_ERROR:
        return logging.WARNING
    return logging.INFO if status >= BAD_REQUEST else logging.DEBUG
