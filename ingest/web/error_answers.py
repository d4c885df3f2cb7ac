"""Every error becomes the answer that the client of its route reads.

That is a problem document, or under ``/1/`` what a client of ListenBrainz expects.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ingest.listenbrainz.errors import answer_in_listenbrainz_shape, is_listenbrainz
from ingest.web.problems import ProblemCode, ProblemError

logger = logging.getLogger(__name__)

_HTTP_CODES: Final = {
    HTTPStatus.NOT_FOUND: ProblemCode.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: ProblemCode.METHOD_NOT_ALLOWED,
}


def answer_with_problems(app: FastAPI) -> None:
    """Make every error of ``app`` a document, unknown routes and bugs included."""
    app.add_exception_handler(HTTPException, _answer_http_error)
    for kind in (ProblemError, ClientDisconnect, Exception):
        app.add_exception_handler(kind, _answer_error)


def answer_error(request: Request, error: Exception) -> Response:
    """The answer to a request that cannot be taken, broke off, or met a bug."""
    if isinstance(error, ProblemError):
        return _answer(request, error)
    if isinstance(error, ClientDisconnect):
        detail = "The connection ended before the body did."
        return _answer(request, ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.BODY_INCOMPLETE, detail))
    logger.error("a request met a bug", exc_info=error)
    detail = "Something unforeseen happened; it has been logged."
    return _answer(request, ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, ProblemCode.INTERNAL_ERROR, detail))


async def _answer_error(request: Request, error: Exception) -> Response:
    return answer_error(request, error)


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    code = _HTTP_CODES.get(status, ProblemCode.BAD_REQUEST)
    return _answer(request, ProblemError(status, code, error.detail, headers=error.headers))


def _answer(request: Request, error: ProblemError) -> Response:
    request.scope["problem"] = error.code
    path = request.scope["path"]
    return answer_in_listenbrainz_shape(path, error) if is_listenbrainz(path) else error.to_response()
